namespace Wan27.Sdk.Emulator;

/// <summary>Specifies the operations of the emulator. Combine values to select the requests that a fault affects.</summary>
[Flags]
public enum EmulatorOperations
{
    /// <summary>No operation.</summary>
    None = 0,

    /// <summary><c>POST /v2/video/generations</c>, the paid request.</summary>
    Submit = 1,

    /// <summary><c>GET /v2/video/generations</c>.</summary>
    Get = 2,

    /// <summary><c>GET /v2/logs</c>.</summary>
    Logs = 4,

    /// <summary><c>GET /v2/billing</c>.</summary>
    Billing = 8,

    /// <summary><c>GET /v2/billing/transactions</c>.</summary>
    Transactions = 16,

    /// <summary><c>GET /v1/models</c>.</summary>
    Models = 32,

    /// <summary><c>GET /models/metrics</c>.</summary>
    Metrics = 64,

    /// <summary>Any request to <see cref="WanEmulator.FilesAddress"/>.</summary>
    File = 128,

    /// <summary>Any other request. The response has status 404 or 405.</summary>
    Other = 256,

    /// <summary>All operations.</summary>
    All = Submit | Get | Logs | Billing | Transactions | Models | Metrics | File | Other,
}

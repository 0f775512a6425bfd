namespace Wan27.Sdk.Emulator;

/// <summary>What a request asks for; combine them to say which requests a fault may meet.</summary>
[Flags]
public enum EmulatorOperations
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>POST /v2/video/generations</c>, the paid one.</summary>
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

    /// <summary>Anything on the files' origin.</summary>
    File = 128,

    /// <summary>Anything else, answered 404 or 405.</summary>
    Other = 256,

    /// <summary>All of them.</summary>
    All = Submit | Get | Logs | Billing | Transactions | Models | Metrics | File | Other,
}

namespace Wan27.Sdk.Emulator.Api;

/// <summary>Maps methods and paths to operations.</summary>
internal static class Routes
{
    public const string Generations = "/v2/video/generations";
    public const string Logs = "/v2/logs";
    public const string Billing = "/v2/billing";
    public const string Transactions = "/v2/billing/transactions";
    public const string Models = "/v1/models";
    public const string Metrics = "/models/metrics";

    public static EmulatorOperations Match(string method, string path) => (method, path) switch
    {
        ("POST", Generations) => EmulatorOperations.Submit,
        ("GET", Generations) => EmulatorOperations.Get,
        ("GET", Logs) => EmulatorOperations.Logs,
        ("GET", Billing) => EmulatorOperations.Billing,
        ("GET", Transactions) => EmulatorOperations.Transactions,
        ("GET", Models) => EmulatorOperations.Models,
        ("GET", Metrics) => EmulatorOperations.Metrics,
        _ => EmulatorOperations.Other,
    };

    public static bool IsKnown(string path) => path is Generations or Logs or Billing or Transactions or Models or Metrics;
}

using System.CommandLine;
using System.Globalization;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Prints the balance of the account.</summary>
internal sealed class BalanceCommand : Command
{
    public BalanceCommand(Terminal terminal, SharedOptions shared)
        : base("balance", "Print the balance of the account.") => SetAction(async (parsed, cancellationToken) =>
    {
        using var client = shared.Open(parsed);
        var balance = await client.GetBalanceAsync(cancellationToken);
        terminal.Out.WriteLine(parsed.GetValue(shared.Json)
            ? Report.Json(new Balance(balance, "USD"))
            : string.Create(CultureInfo.InvariantCulture, $"{balance:0.00####} USD"));
        return (int)ExitCode.Done;
    });

    private sealed record Balance(decimal Amount, string Currency);
}

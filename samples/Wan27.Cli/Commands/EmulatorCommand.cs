using System.CommandLine;
using Wan27.Cli.Emulation;
using Wan27.Cli.Output;
using Wan27.Sdk.Emulator;

namespace Wan27.Cli.Commands;

/// <summary>Serves the emulated API on loopback until it is stopped, for clients in any language.</summary>
internal sealed class EmulatorCommand : Command
{
    private readonly Terminal terminal;
    private readonly Option<int?> port = Numbers.Option<int>("--port", "The loopback port, 1 to 65535. Default: a free port.", "number");
    private readonly Option<decimal?> balance = Numbers.Option<decimal>("--balance", "The balance of the account in USD. Default: 100.", "usd");
    private readonly Option<TimeSpan?> queued = Durations.Option("--queued", "How long a generation is queued. Default: 1s.");
    private readonly Option<TimeSpan?> generating = Durations.Option("--generating", "How long a generation is generating. Default: 3s.");
    private readonly Option<string[]> faults = new("--fault") { Description = $"A fault to inject; may be repeated. {FaultSyntax.Help}", HelpName = "fault" };

    public EmulatorCommand(Terminal terminal)
        : base("emulator", "Serve the emulated API on loopback, for clients in any language: no account, no cost. Ctrl+C stops it.")
    {
        this.terminal = terminal;
        faults.CompletionSources.Add([.. FaultSyntax.Names]);
        Add(port);
        Add(balance);
        Add(queued);
        Add(generating);
        Add(faults);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var planned = (parsed.GetValue(faults) ?? []).Select(FaultSyntax.Parse).ToList();
        await using var emulator = await StartAsync(parsed, cancellationToken);
        foreach (var fault in planned)
            fault(emulator);
        PrintUsage(emulator);

        var stopped = new TaskCompletionSource();
        await using (cancellationToken.Register(stopped.SetResult))
            await stopped.Task;
        terminal.Error.WriteLine(FormattableString.Invariant(
            $"{emulator.Ledger.Requests.Count} requests, {emulator.Ledger.Submissions.Count} generations, {emulator.Ledger.TotalCharged:0.00##} USD charged (emulated)"));
        return (int)ExitCode.Done;
    }

    private Task<WanEmulator> StartAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(port) is < 0 or > 65535)
            throw new UsageException($"{port.Name} must be 0 to 65535 (was {parsed.GetValue(port)}).");
        if (parsed.GetValue(balance) < 0)
            throw new UsageException($"{balance.Name} must be 0 or more (was {parsed.GetValue(balance)}).");
        return WanEmulator.StartAsync(
            options =>
            {
                options.Port = parsed.GetValue(port) ?? options.Port;
                options.Balance = parsed.GetValue(balance) ?? options.Balance;
                options.QueuedFor = parsed.GetValue(queued) ?? options.QueuedFor;
                options.GeneratingFor = parsed.GetValue(generating) ?? options.GeneratingFor;
            },
            cancellationToken);
    }

    private void PrintUsage(WanEmulator emulator)
    {
        terminal.Out.WriteLine(emulator.BaseAddress);
        terminal.Error.WriteLine(
            $"""
            The emulated API runs at this address: nothing leaves this machine, and no money is spent. In another shell:

              export WAN27_BASE_ADDRESS={emulator.BaseAddress} AIMLAPI_API_KEY={emulator.ApiKey}
              wan27 generate "A fox in the snow." --interval 1s -o fox.mp4
              curl -H "Authorization: Bearer {emulator.ApiKey}" {emulator.BaseAddress}v2/billing

            Ctrl+C stops it.
            """);
    }
}

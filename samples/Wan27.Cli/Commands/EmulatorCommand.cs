using System.CommandLine;
using Wan27.Cli.Emulation;
using Wan27.Cli.Output;
using Wan27.Sdk.Emulator;

namespace Wan27.Cli.Commands;

/// <summary>Runs the API on loopback until it is stopped, for a client in any language.</summary>
internal sealed class EmulatorCommand : Command
{
    private readonly Terminal terminal;
    private readonly Option<int?> port = Numbers.Option<int>("--port", "The loopback port, 1 to 65535. Default: a free one.", "number");
    private readonly Option<decimal?> balance = Numbers.Option<decimal>("--balance", "The money on the account. Default: 100.", "usd");
    private readonly Option<TimeSpan?> queued = Durations.Option("--queued", "How long a task is queued. Default: 1s.");
    private readonly Option<TimeSpan?> generating = Durations.Option("--generating", "How long a task is generating. Default: 3s.");
    private readonly Option<string[]> faults = new("--fault") { Description = $"What goes wrong; may be repeated. {FaultSyntax.Help}", HelpName = "fault" };

    public EmulatorCommand(Terminal terminal)
        : base("emulator", "Serve the API on loopback, for a client in any language: no key, no account, no money. Ctrl+C stops it.")
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
        Introduce(emulator);

        var stopped = new TaskCompletionSource();
        await using (cancellationToken.Register(stopped.SetResult))
            await stopped.Task;
        terminal.Error.WriteLine(FormattableString.Invariant(
            $"{emulator.Ledger.Requests.Count} requests, {emulator.Ledger.Submissions.Count} tasks, {emulator.Ledger.TotalCharged:0.00##} USD charged that nobody paid"));
        return (int)ExitCode.Done;
    }

    private Task<WanEmulator> StartAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(port) is < 0 or > 65535)
            throw new UsageException($"{port.Name} must be 0 to 65535.");
        if (parsed.GetValue(balance) < 0)
            throw new UsageException($"{balance.Name} must be 0 or more.");
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

    private void Introduce(WanEmulator emulator)
    {
        terminal.Out.WriteLine(emulator.BaseAddress);
        terminal.Error.WriteLine(
            $"""
            The API is emulated there: nothing leaves this machine, and no money is spent. From another shell:

              export WAN27_BASE_ADDRESS={emulator.BaseAddress} AIMLAPI_API_KEY={emulator.ApiKey}
              wan27 generate "A fox in the snow." --interval 1s -o fox.mp4
              curl -H "Authorization: Bearer {emulator.ApiKey}" {emulator.BaseAddress}v2/billing

            Ctrl+C stops it.
            """);
    }
}

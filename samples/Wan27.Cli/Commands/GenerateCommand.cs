using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Buys a video, waits for it and saves it.</summary>
internal sealed class GenerateCommand : Command
{
    private readonly Terminal terminal;
    private readonly SharedOptions shared;
    private readonly RequestArguments request;
    private readonly FileOptions files;
    private readonly WaitOptions waits;
    private readonly Option<bool> noWait = new("--no-wait") { Description = "Exit when the generation is accepted; `wan27 resume` or `wan27 wait` continues." };
    private readonly Option<TimeSpan?> searchTime = Durations.Option("--search-time", "How long to search for the generation if the response is lost. Default: 20m.");
    private readonly Option<decimal?> maxPrice = Numbers.Option<decimal>("--max-price", "Do not send a request that costs more, or whose price is unknown.", "usd");

    public GenerateCommand(Terminal terminal, SharedOptions shared)
        : base("generate", "Buy a video, wait for it and save it. This is the only command that costs money.")
    {
        (this.terminal, this.shared) = (terminal, shared);
        request = new RequestArguments(this);
        files = new FileOptions(this);
        Add(maxPrice);
        Add(noWait);
        Add(searchTime);
        waits = new WaitOptions(this);
        SetAction(RunAsync);
    }

    private SpendingBudget? Budget(ParseResult parsed) => parsed.GetValue(maxPrice) switch
    {
        null => null,
        < 0 and var negative => throw new UsageException($"{maxPrice.Name} must be 0 or more (was {negative})."),
        { } usd => new SpendingBudget(usd),
    };

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var polling = waits.Read(parsed);
        var isWaiting = !parsed.GetValue(noWait);
        var target = isWaiting ? files.Read(parsed) : null;
        using var client = shared.Open(parsed, polling, options =>
        {
            options.Budget = Budget(parsed);
            options.SkipValidation = request.IsForced(parsed);
            options.ReconciliationTimeout = parsed.GetValue(searchTime) ?? options.ReconciliationTimeout;
        });
        var video = await request.ReadAsync(parsed, terminal, cancellationToken);

        var (generation, saved) = await terminal.Display.ShowAsync(async observer =>
        {
            var accepted = await client.CreateAsync(video with { UploadProgress = new SynchronousProgress<TransferProgress>(observer.Sent) }, cancellationToken);
            if (target is null)
            {
                observer.Generated(new GenerationProgress(accepted.Id, accepted.Status, TimeSpan.Zero, 0, accepted.ClientRequestId));
                return (accepted, (FileInfo?)null);
            }

            return await new WaitAndDownload(client, polling, target, observer).RunAsync(accepted, cancellationToken);
        });
        new Result(terminal, parsed.GetValue(shared.Json)).Write(generation, saved);
        return (int)ExitCode.Done;
    }
}

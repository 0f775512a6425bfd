using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>After a crash, or after <c>--no-wait</c>: every submission of the journal that is not over. Nothing is bought.</summary>
internal sealed class ResumeCommand : Command
{
    private readonly Terminal terminal;
    private readonly SharedOptions shared;
    private readonly WaitOptions waits;
    private readonly Option<string?> folder = new(FileOptions.OutputName, "-o") { Description = "The folder to save in, as <submission id>.mp4. Default: here.", HelpName = "folder" };
    private readonly Option<bool> overwrite = new("--overwrite") { Description = "Replace files that exist, each once the new one is whole." };
    private readonly Option<bool> noWait = new("--no-wait") { Description = "Only tell how each stands." };

    public ResumeCommand(Terminal terminal, SharedOptions shared)
        : base("resume", "Go on with every submission that is not over: find it, wait for it, save it. Nothing is bought.")
    {
        (this.terminal, this.shared) = (terminal, shared);
        Add(folder);
        Add(overwrite);
        Add(noWait);
        waits = new WaitOptions(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!shared.HasJournal(parsed))
            throw new UsageException("`resume` reads the journal, and --no-journal says that there is none.");
        var (polling, place) = (waits.Read(parsed), parsed.GetValue(folder) ?? ".");
        if (!Directory.Exists(place))
            throw new UsageException($"The folder '{place}' does not exist.");
        using var client = shared.Open(parsed, polling);

        var (worst, reports) = (ExitCode.Done, new List<Report>());
        try
        {
            await foreach (var outcome in client.ResumePendingAsync(cancellationToken))
            {
                var (code, report) = await GoOnAsync(client, polling, outcome, parsed.GetValue(noWait) ? null : new DirectoryInfo(place), parsed.GetValue(overwrite), cancellationToken);
                worst = ExitCodes.Worst(worst, code);
                reports.Add(report with { ClientRequestId = outcome.ClientRequestId, ExitCode = (int)code });
                if (code is ExitCode.StillRunning && cancellationToken.IsCancellationRequested)
                    break;
            }
        }
        catch (Exception e) when (Failure.Of(e) is { } failure)
        {
            // What was done until then is told all the same.
            terminal.Error.WriteLine($"wan27: {failure.Message}");
            worst = ExitCodes.Worst(worst, failure.Code);
            reports.Add(failure.Report);
        }

        if (reports.Count == 0)
            terminal.Error.WriteLine("Nothing is pending.");
        return (int)(parsed.GetValue(shared.Json) ? ExitCodes.Worst(worst, Tell(reports)) : worst);
    }

    // What became of them has a code of its own, which must not be lost.
    private ExitCode Tell(List<Report> reports)
    {
        try
        {
            terminal.Out.WriteLine(Report.Json(reports));
            return ExitCode.Done;
        }
        catch (IOException e)
        {
            terminal.Error.WriteLine($"wan27: The result could not be written: {e.Message}");
            return ExitCode.Failed;
        }
    }

    private async Task<(ExitCode Code, Report Report)> GoOnAsync(
        WanVideoClient client, PollingOptions polling, GenerationOutcome outcome, DirectoryInfo? target, bool overwrites, CancellationToken cancellationToken)
    {
        try
        {
            if (outcome.Generation is not { } generation || outcome.Error is not null)
                throw outcome.Error!;
            terminal.Error.WriteLine($"{outcome.ClientRequestId}: {generation.Id} is {generation.Status}");
            if (target is null)
                return (generation.Status.IsPending ? ExitCode.StillRunning : ExitCode.Done, Report.Of(generation));
            var file = new FileInfo(Path.Combine(target.FullName, $"{outcome.ClientRequestId!.Replace(':', '_').TrimStart('.')}.mp4"));
            var (finished, saved) = await terminal.Display.ShowAsync(
                watcher => new Finish(client, polling, overwrites, watcher).RunAsync(generation, _ => file, cancellationToken));
            terminal.Error.WriteLine($"{outcome.ClientRequestId}: saved {file.Name}; cost: {finished.Cost}");
            return (ExitCode.Done, Report.Of(finished, saved));
        }
        catch (Exception e) when (Failure.Of(e) is { } failure)
        {
            terminal.Error.WriteLine($"{outcome.ClientRequestId}: {failure.Message}");
            return (failure.Code, failure.Report);
        }
    }
}

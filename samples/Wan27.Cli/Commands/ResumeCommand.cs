using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>After a crash, or after <c>--no-wait</c>: every submission of the journal that is not over. Nothing is bought.</summary>
internal sealed class ResumeCommand : Command
{
    private readonly Terminal terminal;
    private readonly SharedOptions shared;
    private readonly WaitOptions waits;
    private readonly Option<DirectoryInfo?> folder = new Option<DirectoryInfo?>("--output", "-o")
    {
        Description = "The folder to save in, as video-<task id>.mp4. Default: here.",
        HelpName = "folder",
    }.Filled();

    private readonly Option<bool> overwrite = FileOptions.Overwrite();
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
        var (polling, target) = (waits.Read(parsed), new FileTarget(null, parsed.GetValue(folder), parsed.GetValue(overwrite)));
        target.Check();
        using var client = shared.Open(parsed, polling);

        var (worst, reports) = (ExitCode.Done, new List<Report>());
        try
        {
            await foreach (var outcome in client.ResumePendingAsync(cancellationToken))
            {
                var (code, report) = await GoOnAsync(client, polling, outcome, target, parsed, cancellationToken);
                worst = ExitCodes.Worst(worst, code);
                reports.Add(report with { ClientRequestId = outcome.ClientRequestId, ExitCode = (int)code });
                if (code is ExitCode.StillRunning && cancellationToken.IsCancellationRequested)
                    break;
            }
        }
        catch (Exception e) when (Failure.Of(e, new WayOn(parsed)) is { } failure)
        {
            // Those before it are done, and whoever reads the result learns of them.
            failure.Tell(terminal);
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"wan27: The result could not be written to standard output: {e.Message}");
            return ExitCode.Failed;
        }
    }

    private async Task<(ExitCode Code, Report Report)> GoOnAsync(
        WanVideoClient client, PollingOptions polling, GenerationOutcome outcome, FileTarget target, ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            if (outcome.Generation is not { } generation || outcome.Error is not null)
                throw outcome.Error!;
            terminal.Error.WriteLine($"{outcome.ClientRequestId}: {generation.Id} is {generation.Status}");
            if (parsed.GetValue(noWait))
                return (generation.Status.IsPending ? ExitCode.StillRunning : ExitCode.Done, Report.Of(generation));
            var (finished, saved) = await terminal.Display.ShowAsync(watcher => new Finish(client, polling, target, watcher).RunAsync(generation, cancellationToken));
            terminal.Error.WriteLine($"{outcome.ClientRequestId}: saved {saved.Name}; cost: {finished.Cost}");
            return (ExitCode.Done, Report.Of(finished, saved));
        }
        catch (Exception e) when (Failure.Of(e, WayOn(parsed, target, outcome)) is { } failure)
        {
            terminal.Error.WriteLine($"{outcome.ClientRequestId}: {failure.Message}{(failure.Next is { } next ? $" Go on with: {next}" : "")}");
            return (failure.Code, failure.Report);
        }
    }

    // Here the option names a folder, and elsewhere a file.
    private WayOn WayOn(ParseResult parsed, FileTarget target, GenerationOutcome outcome) =>
        new(parsed, (outcome.Generation?.Id ?? (outcome.Error as WanException)?.GenerationId) is { } id && parsed.GetValue(folder) is not null ? target.Of(id).ToString() : null);
}

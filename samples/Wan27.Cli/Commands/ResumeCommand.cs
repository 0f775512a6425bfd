using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Resumes every unfinished submission of the journal, after a crash or <c>--no-wait</c>. Nothing is bought.</summary>
internal sealed class ResumeCommand : Command
{
    private readonly Terminal terminal;
    private readonly SharedOptions shared;
    private readonly WaitOptions waits;
    private readonly Option<DirectoryInfo?> folder = new Option<DirectoryInfo?>("--output", "-o")
    {
        Description = "The folder for the videos, named video-<id>.mp4. Default: the current folder.",
        HelpName = "folder",
    }.NotEmpty();

    private readonly Option<bool> overwrite = FileOptions.Overwrite();
    private readonly Option<bool> noWait = new("--no-wait") { Description = "Only print the status of each." };

    public ResumeCommand(Terminal terminal, SharedOptions shared)
        : base("resume", "Resume every unfinished submission: find it, wait for it and save its video. Nothing is bought.")
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
            throw new UsageException("`resume` requires the journal and cannot be combined with --no-journal.");
        var (polling, target) = (waits.Read(parsed), new FileTarget(null, parsed.GetValue(folder), parsed.GetValue(overwrite)));
        target.Check();
        using var client = shared.Open(parsed, polling);

        var (exitCode, reports) = (ExitCode.Done, new List<Report>());
        try
        {
            await foreach (var outcome in client.FindPendingAsync(cancellationToken))
            {
                var (code, report) = await CompleteAsync(client, polling, outcome, target, parsed, cancellationToken);
                exitCode = ExitCodes.Worst(exitCode, code);
                reports.Add(report with { ClientRequestId = outcome.ClientRequestId, ExitCode = (int)code });
                if (code is ExitCode.StillRunning && cancellationToken.IsCancellationRequested)
                    break;
            }
        }
        catch (Exception e) when (Failure.From(e, new NextCommand(parsed)) is { } failure)
        {
            // The result still contains the outcomes before the failure.
            failure.WriteTo(terminal);
            exitCode = ExitCodes.Worst(exitCode, failure.Code);
            reports.Add(failure.Report);
        }

        if (reports.Count == 0)
            terminal.Error.WriteLine("Nothing is pending.");
        return (int)(parsed.GetValue(shared.Json) ? ExitCodes.Worst(exitCode, WriteReports(reports)) : exitCode);
    }

    // A write error must not replace the exit code of the outcomes.
    private ExitCode WriteReports(List<Report> reports)
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

    private async Task<(ExitCode Code, Report Report)> CompleteAsync(
        WanVideoClient client, PollingOptions polling, GenerationOutcome outcome, FileTarget target, ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            if (outcome.Generation is not { } generation || outcome.Error is not null)
                throw outcome.Error!;
            terminal.Error.WriteLine($"{outcome.ClientRequestId}: {generation.Id} is {generation.Status}");
            if (parsed.GetValue(noWait))
            {
                Write(parsed, generation.Id);
                return (generation.Status.IsPending ? ExitCode.StillRunning : ExitCode.Done, Report.From(generation));
            }

            var (finished, saved) = await terminal.Display.ShowAsync(observer => new WaitAndDownload(client, polling, target, observer).RunAsync(generation, cancellationToken));
            terminal.Error.WriteLine($"{outcome.ClientRequestId}: saved {saved.Name}; cost: {finished.Cost}");
            Write(parsed, $"{saved}");
            return (ExitCode.Done, Report.From(finished, saved));
        }
        catch (Exception e) when (Failure.From(e, NextFor(parsed, target, outcome)) is { } failure)
        {
            terminal.Error.WriteLine($"{outcome.ClientRequestId}: {failure.Message}{(failure.Next is { } next ? $" Next: {next}" : "")}");
            return (failure.Code, failure.Report);
        }
    }

    // One line for each generation, as the other commands write; with --json, all are written at the end.
    private void Write(ParseResult parsed, string result)
    {
        if (!parsed.GetValue(shared.Json))
            terminal.Out.WriteLine(result);
    }

    // The option is a folder in this command, and a file in the others.
    private NextCommand NextFor(ParseResult parsed, FileTarget target, GenerationOutcome outcome) =>
        new(parsed, (outcome.Generation?.Id ?? (outcome.Error as WanException)?.GenerationId) is { } id && parsed.GetValue(folder) is not null ? target.For(id).ToString() : null);
}

using System.Net;

namespace Wan27.Cli.Output;

/// <summary>An expected error: its exit code, its message and the next command.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Message">The message.</param>
/// <param name="Next">The command that continues; null if there is none.</param>
internal sealed record Failure(ExitCode Code, string Message, string? Next = null)
{
    public string? GenerationId { get; private init; }

    public string? ClientRequestId { get; private init; }

    public Report Report => new() { Id = GenerationId, ClientRequestId = ClientRequestId, ExitCode = (int)Code, Error = Message, Next = Next };

    /// <summary>Creates a failure from an exception; returns null for an unexpected one.</summary>
    public static Failure? From(Exception e, NextCommand next) => e switch
    {
        UsageException => new Failure(ExitCode.Usage, Messages.FromLibrary(e.Message, next)),
        UnfinishedException { Generation: var generation } unfinished => Create(ExitCode.StillRunning, e, next, generation.Id, generation.ClientRequestId, Resume(unfinished, next.WithFile(unfinished.File))),
        WanGenerationFailedException failed => Create(ExitCode.GenerationFailed, e, next, failed.GenerationId, failed.ClientRequestId, null),
        WanWaitTimeoutException late => Create(ExitCode.StillRunning, e, next, late.GenerationId, late.ClientRequestId, next.Wait(late.GenerationId!)),
        WanSubmissionUnknownException lost => Create(ExitCode.Unknown, e, next, lost.GenerationId, lost.ClientRequestId, next.Recover(lost.ClientRequestId!)),
        UnknownOutcomeException { ClientRequestId: var id } => Create(ExitCode.Unknown, e, next, null, id, next.Recover(id)),
        WanCanceledException { GenerationId: { } id } stopped => Create(ExitCode.StillRunning, e, next, id, stopped.ClientRequestId, next.Wait(id)),
        WanCanceledException { MayHaveBeenSent: true, ClientRequestId: { } id } => Create(ExitCode.Unknown, e, next, null, id, next.Recover(id)),
        WanCanceledException => new Failure(ExitCode.Interrupted, "Canceled; nothing was sent."),
        OperationCanceledException => new Failure(ExitCode.Interrupted, "Canceled."),
        WanApiException { IsUnreadable: true } unreadable => Create(unreadable, next, ExitCode.Failed),
        // A rejected read does not prove that the generation does not exist, so that a script must not buy it again.
        WanApiException { GenerationId: { } id, StatusCode: not (HttpStatusCode.NotFound or HttpStatusCode.BadRequest) } unread =>
            Create(ExitCode.StillRunning, e, next, id, unread.ClientRequestId, next.Wait(id)),
        WanConfigurationException { Setting: nameof(WanVideoClientOptions.Journal) } journal => Create(journal, next, ExitCode.Failed),
        WanValidationException or WanConfigurationException or WanApiException => Create((WanException)e, next, ExitCode.Refused),
        WanException other => Create(other, next, ExitCode.Failed),
        IOException or UnauthorizedAccessException => new Failure(ExitCode.Failed, e.Message),
        _ => null,
    };

    /// <summary>Writes the failure for people, to standard error.</summary>
    public void WriteTo(Terminal terminal)
    {
        terminal.Error.WriteLine($"wan27: {Message}");
        if (Next is not null)
            terminal.Error.WriteLine($"Next: {Next}");
    }

    /// <summary>Writes the failure for scripts, to standard output. A write error does not change the exit code.</summary>
    public void WriteJson(Terminal terminal)
    {
        try
        {
            terminal.Out.WriteLine(Report.Json(Report));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"wan27: The failure could not be written to standard output: {e.Message}");
        }
    }

    private static string Resume(UnfinishedException unfinished, NextCommand next) => unfinished switch
    {
        { IsSaved: true, Generation.Id: var id } => next.Get(id),
        { Generation: { Status.IsSucceeded: true, Id: var id } } => next.Download(id),
        _ => next.Wait(unfinished.Generation.Id),
    };

    private static Failure Create(WanException e, NextCommand next, ExitCode code) => Create(code, e, next, e.GenerationId, e.ClientRequestId, null);

    private static Failure Create(ExitCode code, Exception e, NextCommand next, string? generationId, string? clientRequestId, string? nextCommand) =>
        new(code, Messages.FromLibrary(nextCommand is null ? e.Message : Messages.WithoutCall(e.Message), next), nextCommand) { GenerationId = generationId, ClientRequestId = clientRequestId };
}

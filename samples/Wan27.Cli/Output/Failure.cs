using System.Net;

namespace Wan27.Cli.Output;

/// <summary>An expected error: its exit code, what happened, and how to go on.</summary>
/// <param name="Code">How the process ends.</param>
/// <param name="Message">What happened.</param>
/// <param name="Next">The command that goes on; null where there is none.</param>
internal sealed record Failure(ExitCode Code, string Message, string? Next = null)
{
    public string? GenerationId { get; private init; }

    public string? ClientRequestId { get; private init; }

    public Report Report => new() { Id = GenerationId, ClientRequestId = ClientRequestId, ExitCode = (int)Code, Error = Message, Next = Next };

    /// <summary>What an exception means here; null for one that should not happen.</summary>
    public static Failure? Of(Exception e, WayOn way) => e switch
    {
        UsageException => new Failure(ExitCode.Usage, Words.OfLibrary(e.Message, way)),
        UnfinishedException { Generation: var generation } unfinished => Told(ExitCode.StillRunning, e, way, generation.Id, generation.ClientRequestId, Resume(unfinished, way.To(unfinished.File))),
        WanGenerationFailedException failed => Told(ExitCode.GenerationFailed, e, way, failed.GenerationId, failed.ClientRequestId, null),
        WanWaitTimeoutException late => Told(ExitCode.StillRunning, e, way, late.GenerationId, late.ClientRequestId, way.Wait(late.GenerationId!)),
        WanSubmissionUnknownException lost => Told(ExitCode.Unknown, e, way, lost.GenerationId, lost.ClientRequestId, way.Recover(lost.ClientRequestId!)),
        UnlearntException { ClientRequestId: var id } => Told(ExitCode.Unknown, e, way, null, id, way.Recover(id)),
        WanCanceledException { GenerationId: { } id } stopped => Told(ExitCode.StillRunning, e, way, id, stopped.ClientRequestId, way.Wait(id)),
        WanCanceledException { MayHaveBeenSent: true, ClientRequestId: { } id } => Told(ExitCode.Unknown, e, way, null, id, way.Recover(id)),
        WanCanceledException => new Failure(ExitCode.Interrupted, "Stopped; nothing was sent."),
        OperationCanceledException => new Failure(ExitCode.Interrupted, "Stopped."),
        // Who may not read a task has not learnt that there is none: a script must not buy it again.
        WanApiException { GenerationId: { } id, StatusCode: not (HttpStatusCode.NotFound or HttpStatusCode.BadRequest) } unread =>
            Told(ExitCode.StillRunning, e, way, id, unread.ClientRequestId, way.Wait(id)),
        WanValidationException or WanBudgetExceededException or WanMediaException or WanApiKeyException or WanApiException => Told((WanException)e, way, ExitCode.Refused),
        WanException other => Told(other, way, ExitCode.Failed),
        IOException or UnauthorizedAccessException => new Failure(ExitCode.Failed, e.Message),
        _ => null,
    };

    /// <summary>Tells it to a person.</summary>
    public void Tell(Terminal terminal)
    {
        terminal.Error.WriteLine($"wan27: {Message}");
        if (Next is not null)
            terminal.Error.WriteLine($"Go on with: {Next}");
    }

    /// <summary>Tells it to a script. That it cannot be told changes nothing of how the process ends.</summary>
    public void Write(Terminal terminal)
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

    private static string Resume(UnfinishedException unfinished, WayOn way) => unfinished switch
    {
        { IsSaved: true, Generation.Id: var id } => way.Get(id),
        { Generation: { Status.IsSucceeded: true, Id: var id } } => way.Download(id),
        _ => way.Wait(unfinished.Generation.Id),
    };

    private static Failure Told(WanException e, WayOn way, ExitCode code) => Told(code, e, way, e.GenerationId, e.ClientRequestId, null);

    private static Failure Told(ExitCode code, Exception e, WayOn way, string? generationId, string? clientRequestId, string? next) =>
        new(code, Words.OfLibrary(e.Message, way), next) { GenerationId = generationId, ClientRequestId = clientRequestId };
}

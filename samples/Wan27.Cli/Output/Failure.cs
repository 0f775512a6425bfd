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
    public static Failure? Of(Exception e) => e switch
    {
        UsageException => new Failure(ExitCode.Usage, e.Message),
        UnknownException { ClientRequestId: var id } => Told(ExitCode.Unknown, e, null, id, Words.Recover(id)),
        UnfinishedException { Generation: var generation } rest => Told(ExitCode.StillRunning, e, generation.Id, generation.ClientRequestId, Resume(rest)),
        WanGenerationFailedException failed => Told(ExitCode.GenerationFailed, e, failed.GenerationId, failed.ClientRequestId, null),
        WanWaitTimeoutException late => Told(ExitCode.StillRunning, e, late.GenerationId, late.ClientRequestId, Words.Wait(late.GenerationId!)),
        WanSubmissionUnknownException lost => Told(ExitCode.Unknown, e, lost.GenerationId, lost.ClientRequestId, Words.Recover(lost.ClientRequestId!)),
        WanCanceledException { GenerationId: { } id } stopped => Told(ExitCode.StillRunning, e, id, stopped.ClientRequestId, Words.Wait(id)),
        WanCanceledException { MayHaveBeenSent: true, ClientRequestId: { } id } => Told(ExitCode.Unknown, e, null, id, Words.Recover(id)),
        OperationCanceledException => new Failure(ExitCode.Interrupted, "Stopped; nothing was bought by this command."),
        // Who may not read a task has not learnt that there is none: a script must not buy it again.
        WanApiException { GenerationId: { } id, StatusCode: not (HttpStatusCode.NotFound or HttpStatusCode.BadRequest) } unread =>
            Told(ExitCode.StillRunning, e, id, unread.ClientRequestId, Words.Wait(id)),
        WanValidationException or WanBudgetExceededException or WanMediaException or WanApiKeyException or WanApiException => Told((WanException)e, ExitCode.Refused),
        WanException other => Told(other, ExitCode.Failed),
        IOException or UnauthorizedAccessException => new Failure(ExitCode.Failed, e.Message),
        _ => null,
    };

    public void Tell(Terminal terminal, bool asJson)
    {
        if (asJson)
            new QuietWriter(terminal.Out).WriteLine(Report.Json(Report));
        terminal.Error.WriteLine($"wan27: {Message}");
        if (Next is not null)
            terminal.Error.WriteLine($"Go on with: {Next}");
    }

    private static string Resume(UnfinishedException rest) =>
        rest.IsSaved ? Words.Get(rest.Generation.Id)
        : rest.Generation.Status.IsSucceeded ? Words.Download(rest.Generation.Id)
        : Words.Wait(rest.Generation.Id);

    private static Failure Told(WanException e, ExitCode code) => Told(code, e, e.GenerationId, e.ClientRequestId, null);

    private static Failure Told(ExitCode code, Exception e, string? generationId, string? clientRequestId, string? next) =>
        new(code, Words.OfLibrary(e.Message), next) { GenerationId = generationId, ClientRequestId = clientRequestId };
}

using System.Net;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Requests;
using Wan27.Sdk.Transport;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Submission;

/// <summary>Searches for the generation of a submission whose response was lost: by the id in its headers, otherwise in the service's log, until a deadline.</summary>
internal sealed class Reconciler(
    ApiReader reader, ServiceLogClient log, BudgetReservations spending, TimeSpan timeout, ClientTelemetry telemetry, TimeProvider time)
{
    /// <summary>How many generations of one id are found; there is normally one.</summary>
    private const int MaxFound = 100;

    private static readonly Backoff Interval = new(TimeSpan.FromSeconds(15), 1.5, TimeSpan.FromSeconds(60));

    /// <summary>How often the journal is looked at between two searches of the log.</summary>
    private const int LooksForEachPass = 2;

    /// <summary>What is kept of the time for one more search, whatever holds up those before.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(10);

    /// <summary>Around a time of the application's clock, which may be off by hours.</summary>
    public static readonly TimeSpan LocalClockReach = TimeSpan.FromDays(1);

    /// <summary>Finds the generation, as if its response had arrived.</summary>
    /// <exception cref="WanSubmissionUnknownException">No generation, or more than one, was found before the deadline.</exception>
    /// <exception cref="WanCanceledException">The caller canceled; the generation may exist.</exception>
    public async Task<VideoGeneration> FindAsync(SubmissionTrace trace, CancellationToken cancellationToken) =>
        (await FollowAsync(trace, cancellationToken).ConfigureAwait(false))!;

    /// <summary>Finds the generation; null if its outcome became known elsewhere first.</summary>
    /// <inheritdoc cref="FindAsync"/>
    public Task<VideoGeneration?> FollowAsync(SubmissionTrace trace, CancellationToken cancellationToken) =>
        telemetry.Reconciliation(trace.ClientRequestId, trace.Phase, trace.Evidence).RunAsync(() => FindOrReportAsync(trace, cancellationToken));

    private async Task<VideoGeneration?> FindOrReportAsync(SubmissionTrace trace, CancellationToken cancellationToken)
    {
        try
        {
            return await SearchAsync(trace, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw WanCanceledException.OfSubmission(trace.ClientRequestId, trace.InferenceId, mayHaveBeenSent: true, e, cancellationToken);
        }
    }

    /// <summary>Finds the generations of a submission in the log.</summary>
    /// <exception cref="WanSubmissionUnknownException">The log names a generation that the service does not find (yet).</exception>
    public async Task<IReadOnlyList<VideoGeneration>> FindGenerationsAsync(string clientRequestId, CancellationToken cancellationToken)
    {
        var found = await SearchLogAsync(clientRequestId, ClientRequestIdFormat.TimeOf(clientRequestId), cancellationToken).ConfigureAwait(false);
        return found.FirstOrDefault(one => one.Generation is null).Id is { } missing
            ? throw new WanSubmissionUnknownException(clientRequestId, [$"the service's log names generation '{missing}', which the service does not find"])
            {
                CandidateGenerationIds = [.. found.Select(one => one.Id)],
            }
            : [.. found.Select(one => one.Generation!)];
    }

    /// <summary>Searches the log twice, because each search may see rows that the one before missed.</summary>
    /// <param name="clientRequestId">The submission's id.</param>
    /// <param name="sentAt">When it was sent, by a clock of the caller's; null for the last week.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The generations that have the id; null for one that the service does not find (yet).</returns>
    public async Task<IReadOnlyList<(string Id, VideoGeneration? Generation)>> SearchLogAsync(
        string clientRequestId, DateTimeOffset? sentAt, CancellationToken cancellationToken)
    {
        var window = sentAt is { } sent ? ServiceLogClient.Around(sent, LocalClockReach) : "period=7d";
        var ids = await log.FindAsync(clientRequestId, window, MaxFound, Redactor.None, cancellationToken).ConfigureAwait(false);
        if (ids.Count == 0)
            ids = await log.FindAsync(clientRequestId, window, MaxFound, Redactor.None, cancellationToken).ConfigureAwait(false);
        var found = new List<(string, VideoGeneration?)>();
        foreach (var id in ids)
            found.Add((id, await TryReadAsync(id, clientRequestId, Redactor.None, cancellationToken).ConfigureAwait(false)));
        return found;
    }

    /// <summary>Whether the service confirms a refusal that named a generation, by not knowing that generation. False when that cannot be found out.</summary>
    public async Task<bool> IsConfirmedAsync(WanApiException refusal, SubmissionTrace trace, CancellationToken cancellationToken)
    {
        try
        {
            // As after a submission, the service does not always find it at once.
            reader.Accepted(trace.InferenceId!);
            return await TryReadAsync(trace.InferenceId!, trace.ClientRequestId, trace.Redactor, cancellationToken).ConfigureAwait(false) is null;
        }
        catch (WanApiException e)
        {
            return e.StatusCode is HttpStatusCode.BadRequest || (e.StatusCode is HttpStatusCode.Unauthorized && refusal.StatusCode is HttpStatusCode.Unauthorized);
        }
        catch (Exception e) when (e is WanException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<VideoGeneration?> SearchAsync(SubmissionTrace trace, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(timeout, time);
        var window = trace.Window is { } known ? ServiceLogClient.Around(known.Moment, known.Reach) : "period=24h";
        for (var passes = 1; ; passes++)
        {
            telemetry.Searching(trace.ClientRequestId, passes);
            var left = deadline.Left;
            var reserve = left > Reserve ? Reserve : TimeSpan.Zero;
            var (generation, id, obstacle) = await TryFindAsync(trace, window, deadline, reserve, cancellationToken).ConfigureAwait(false);
            if (generation is not null)
                return generation;
            if (trace.IsKnownElsewhere is { } isKnownElsewhere && await isKnownElsewhere(cancellationToken).ConfigureAwait(false))
                return null;
            trace = trace with { InferenceId = id ?? trace.InferenceId };
            if (obstacle is WanConnectionException { IsUnusable: true } || left <= TimeSpan.Zero)
            {
                throw trace.Unknown($"the log was searched {passes} times in {deadline.Elapsed.TotalSeconds:F0} s"
                    + (obstacle is not null ? $"; the last search failed: {obstacle.Message.TrimEnd('.')}"
                        : id is not null ? $" and names generation '{id}', which the service does not find"
                        : " and has no such row, which proves nothing"));
            }

            if (await PauseAsync(trace, Interval.Delay(passes - 1), deadline, reserve, cancellationToken).ConfigureAwait(false))
                return null;
        }
    }

    /// <summary>Waits for the next pass; true if the outcome became known elsewhere meanwhile.</summary>
    private static async Task<bool> PauseAsync(
        SubmissionTrace trace, TimeSpan interval, Deadline deadline, TimeSpan reserve, CancellationToken cancellationToken)
    {
        if (trace.IsKnownElsewhere is not { } isKnownElsewhere)
        {
            await deadline.PauseAsync(interval, reserve, cancellationToken).ConfigureAwait(false);
            return false;
        }

        for (var looks = 0; looks < LooksForEachPass; looks++)
        {
            await deadline.PauseAsync(interval / LooksForEachPass, reserve, cancellationToken).ConfigureAwait(false);
            if (await isKnownElsewhere(cancellationToken).ConfigureAwait(false))
                return true;
        }

        return false;
    }

    /// <summary>Returns the generation; otherwise its id, if the log has it; and the error that prevented reading it.</summary>
    private async Task<(VideoGeneration? Found, string? Id, WanException? Obstacle)> TryFindAsync(
        SubmissionTrace trace, string window, Deadline deadline, TimeSpan reserve, CancellationToken cancellationToken)
    {
        string? id = null;
        using var end = deadline.Limit(reserve, cancellationToken);
        try
        {
            return (await FindAsync(end.Token).ConfigureAwait(false), id, null);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, id, Deadline.Missed(e));
        }
        catch (WanException e) when (e is not WanSubmissionUnknownException)
        {
            return (null, id ?? e.GenerationId, e);
        }

        async Task<VideoGeneration?> FindAsync(CancellationToken token)
        {
            WanException? fault = null;
            try
            {
                if (trace.InferenceId is { } named && await TryReadAsync(named, trace.ClientRequestId, trace.Redactor, token).ConfigureAwait(false) is { } found)
                    return found;
            }
            catch (WanException e)
            {
                // What prevents the read does not have to prevent reading the log.
                fault = e;
            }

            var ids = await log.FindAsync(trace.ClientRequestId, window, most: 2, trace.Redactor, token).ConfigureAwait(false);
            if (ids.Count > 1)
                throw trace.Unknown("the log has more than one generation under this id", ids);
            id = ids.Count == 0 ? null : ids[0];
            if (id is not null)
                return await TryReadAsync(id, trace.ClientRequestId, trace.Redactor, token).ConfigureAwait(false);
            return fault is null ? null : throw fault;
        }
    }

    /// <summary>Returns the generation; null if the service does not find it (yet), or if it is another submission's.</summary>
    private async Task<VideoGeneration?> TryReadAsync(string id, string clientRequestId, Redactor redactor, CancellationToken cancellationToken)
    {
        try
        {
            var generation = await reader.ReadGenerationAsync(id, redactor, cancellationToken).ConfigureAwait(false);
            if (generation.ClientRequestId is { } other && other != clientRequestId)
                return null;
            spending.Accepted(clientRequestId, generation);
            return generation with { ClientRequestId = clientRequestId };
        }
        catch (WanApiException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}

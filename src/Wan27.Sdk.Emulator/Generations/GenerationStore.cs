using Wan27.Sdk.Emulator.Scripts;

namespace Wan27.Sdk.Emulator.Generations;

/// <summary>
/// Stores the generations and the balance of an account behind one lock. No background work runs: each call first ends the
/// generations that are due.
/// </summary>
internal sealed class GenerationStore(decimal startingBalance, WanEmulatorOptions options, IdGenerator ids, ScriptQueue scripts)
{
    private readonly object gate = new();
    private readonly Dictionary<string, EmulatedGeneration> byId = new(StringComparer.Ordinal);
    private readonly List<EmulatedGeneration> inOrder = [];
    private readonly PriorityQueue<EmulatedGeneration, (DateTimeOffset, int)> due = new();
    private readonly List<EmulatorCharge> charges = [];
    private decimal charged;
    private decimal reserved;

    public IReadOnlyList<EmulatorSubmission> Submissions
    {
        get
        {
            lock (gate)
            {
                var now = EndDueGenerations();
                return [.. inOrder.Select(generation => CreateSnapshot(generation, now).Submission)];
            }
        }
    }

    public IReadOnlyList<EmulatorCharge> Charges
    {
        get
        {
            lock (gate)
            {
                _ = EndDueGenerations();
                return [.. charges];
            }
        }
    }

    public decimal TotalCharged
    {
        get
        {
            lock (gate)
            {
                _ = EndDueGenerations();
                return charged;
            }
        }
    }

    public decimal Balance => startingBalance - TotalCharged;

    /// <summary>
    /// Adds a generation, or returns null if the balance minus the cost of running generations does not cover it.
    /// </summary>
    public GenerationSnapshot? Accept(GenerationParameters parameters, string body, string? clientRequestId, string requestId)
    {
        var submission = new EmulatorSubmission
        {
            Id = ids.NewGenerationId(),
            ClientRequestId = clientRequestId,
            Model = parameters.Model,
            Body = body,
            AcceptedAt = options.TimeProvider.GetUtcNow(),
            Usd = parameters.Usd,
            Status = GenerationStatus.Queued,
        };

        lock (gate)
        {
            EndDueGenerations();
            if (startingBalance - charged - reserved < parameters.Usd)
                return null;

            var script = scripts.Take(submission);
            if (script.IdFormat is not EmulatorIdFormat.Compact)
                submission = submission with { Id = ids.NewGenerationId(script.IdFormat, submission) };
            var generation = new EmulatedGeneration(submission, parameters, requestId, script, options);
            byId.Add(submission.Id, generation);
            inOrder.Add(generation);
            reserved += parameters.Usd;
            if (generation.DueAt is { } time)
                due.Enqueue(generation, (time, inOrder.Count));
            return CreateSnapshot(generation, submission.AcceptedAt) with { Submission = submission };
        }
    }

    /// <summary>Reads a generation for a caller. The read is counted, and can end a scripted generation.</summary>
    public GenerationSnapshot? Read(string id)
    {
        lock (gate)
        {
            var now = EndDueGenerations();
            if (!byId.TryGetValue(id, out var generation))
                return null;

            var hasVideo = generation.CountRead(now);
            var status = generation.GetStatus(now);
            if (generation.EndedAt is null && GenerationStatus.IsEnd(status))
                End(generation, now, GenerationStatus.IsFailure(status));
            return CreateSnapshot(generation, now) with { HasVideo = hasVideo };
        }
    }

    /// <summary>Lists the generations accepted between two times, newest first, without counting a read.</summary>
    public IReadOnlyList<GenerationSnapshot> ListNewestFirst(DateTimeOffset start, DateTimeOffset end)
    {
        lock (gate)
        {
            var now = EndDueGenerations();
            return
            [
                .. Enumerable.Range(1, inOrder.Count).Select(back => inOrder[^back])
                    .SkipWhile(generation => generation.Submission.AcceptedAt > end)
                    .TakeWhile(generation => generation.Submission.AcceptedAt >= start)
                    .Select(generation => CreateSnapshot(generation, now)),
            ];
        }
    }

    /// <summary>Finds the generation whose file is available at this version of its URL, or returns null.</summary>
    public GenerationSnapshot? FindByUrl(string id, int urlVersion, bool expire)
    {
        lock (gate)
        {
            var now = EndDueGenerations();
            if (!byId.TryGetValue(id, out var generation))
                return null;
            if (expire)
                generation.ExpireUrl();
            return generation.IsUrlValid(urlVersion) ? CreateSnapshot(generation, now) : null;
        }
    }

    private static GenerationSnapshot CreateSnapshot(EmulatedGeneration generation, DateTimeOffset now) => new(
        generation.Submission with { Status = generation.GetStatus(now) },
        generation.Parameters,
        generation.RequestId,
        generation.Script,
        generation.EndedAt,
        generation.Failed,
        HasVideo: false,
        generation.UrlVersion);

    private DateTimeOffset EndDueGenerations()
    {
        var now = options.TimeProvider.GetUtcNow();
        while (due.TryPeek(out var generation, out var time) && time.Item1 <= now)
        {
            _ = due.Dequeue();
            End(generation, time.Item1, generation.Script.ErrorJson is not null);
        }

        return now;
    }

    private void End(EmulatedGeneration generation, DateTimeOffset at, bool failed)
    {
        generation.End(at, failed);
        reserved -= generation.Submission.Usd;
        if (failed)
            return;

        charged += generation.Submission.Usd;
        charges.Add(new EmulatorCharge(generation.Submission.Id, generation.Submission.Usd, at));
    }
}

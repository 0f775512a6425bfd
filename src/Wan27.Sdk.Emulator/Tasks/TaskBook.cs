using Wan27.Sdk.Emulator.Scripts;

namespace Wan27.Sdk.Emulator.Tasks;

/// <summary>Every task and every dollar, behind one lock. Nothing runs between calls: each of them first settles what is due.</summary>
internal sealed class TaskBook(WanEmulatorOptions options, Identifiers identifiers, ScriptBook scripts)
{
    private readonly object gate = new();
    private readonly decimal startingBalance = options.Balance;
    private readonly Dictionary<string, GenerationTask> byId = new(StringComparer.Ordinal);
    private readonly List<GenerationTask> inOrder = [];
    private readonly PriorityQueue<GenerationTask, (DateTimeOffset, int)> due = new();
    private readonly List<EmulatorCharge> charges = [];
    private decimal charged;
    private decimal reserved;

    public DateTimeOffset Now => options.TimeProvider.GetUtcNow();

    /// <summary>Makes a task, or nothing when the balance less what is in flight does not cover it.</summary>
    public EmulatorSubmission? Accept(VideoOrder order, string body, string? clientRequestId, string requestId)
    {
        var submission = new EmulatorSubmission
        {
            Id = identifiers.Generation(),
            ClientRequestId = clientRequestId,
            Model = order.Model,
            Body = body,
            AcceptedAt = Now,
            Usd = order.Usd,
            Status = Statuses.Queued,
        };

        lock (gate)
        {
            Settle();
            if (startingBalance - charged - reserved < order.Usd)
                return null;

            var task = new GenerationTask(submission, order, requestId, scripts.Take(submission), options);
            byId.Add(submission.Id, task);
            inOrder.Add(task);
            reserved += order.Usd;
            if (task.DueAt is { } time)
                due.Enqueue(task, (time, inOrder.Count));
            return submission;
        }
    }

    /// <summary>Reads a task as a caller does: a read counts, and may be what ends it.</summary>
    public TaskReading? Read(string id)
    {
        lock (gate)
        {
            var now = Settle();
            if (!byId.TryGetValue(id, out var task))
                return null;

            var hasVideo = task.Read(now);
            var status = task.StatusAt(now);
            if (task.EndedAt is null && Statuses.IsEnd(status))
                End(task, now, Statuses.IsFailure(status));
            return Look(task, now) with { HasVideo = hasVideo };
        }
    }

    /// <summary>Looks at every task accepted between two times, newest first, without counting a read.</summary>
    public IReadOnlyList<TaskReading> NewestFirst(DateTimeOffset start, DateTimeOffset end)
    {
        lock (gate)
        {
            var now = Settle();
            return
            [
                .. Enumerable.Range(1, inOrder.Count).Select(back => inOrder[^back])
                    .SkipWhile(task => task.Submission.AcceptedAt > end)
                    .TakeWhile(task => task.Submission.AcceptedAt >= start)
                    .Select(task => Look(task, now)),
            ];
        }
    }

    /// <summary>The task whose file a URL of that version still opens.</summary>
    public TaskReading? FindFile(string id, int urlVersion, bool expire)
    {
        lock (gate)
        {
            var now = Settle();
            if (!byId.TryGetValue(id, out var task))
                return null;
            if (expire)
                task.ExpireUrl();
            return task.IsUrlGood(urlVersion) ? Look(task, now) : null;
        }
    }

    public IReadOnlyList<EmulatorSubmission> Submissions()
    {
        lock (gate)
        {
            var now = Settle();
            return [.. inOrder.Select(task => Look(task, now).Submission)];
        }
    }

    public IReadOnlyList<EmulatorCharge> Charges()
    {
        lock (gate)
        {
            _ = Settle();
            return [.. charges];
        }
    }

    public decimal TotalCharged()
    {
        lock (gate)
        {
            _ = Settle();
            return charged;
        }
    }

    public decimal Balance() => startingBalance - TotalCharged();

    private static TaskReading Look(GenerationTask task, DateTimeOffset now) => new(
        task.Submission with { Status = task.StatusAt(now) },
        task.Order,
        task.RequestId,
        task.Script,
        task.EndedAt,
        task.Failed,
        HasVideo: false,
        task.UrlVersion);

    private DateTimeOffset Settle()
    {
        var now = Now;
        while (due.TryPeek(out var task, out var time) && time.Item1 <= now)
        {
            _ = due.Dequeue();
            End(task, time.Item1, task.Script.ErrorJson is not null);
        }
        return now;
    }

    private void End(GenerationTask task, DateTimeOffset at, bool failed)
    {
        task.End(at, failed);
        reserved -= task.Submission.Usd;
        if (failed)
            return;

        charged += task.Submission.Usd;
        charges.Add(new EmulatorCharge(task.Submission.Id, task.Submission.Usd, at));
    }
}

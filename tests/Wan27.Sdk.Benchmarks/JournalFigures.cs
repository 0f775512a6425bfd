using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Wan27.Sdk.Benchmarks;

/// <summary>What the journal in a file costs when it is empty and when it contains a million submissions of the last month.</summary>
internal static class JournalFigures
{
    private const int Submissions = 1_000_000;
    private const int Measured = 400;

    private static readonly JsonSerializerOptions Format =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static async Task PrintAsync()
    {
        var folder = Directory.CreateTempSubdirectory("wan27-journal-");
        try
        {
            var (none, full) = (Path.Combine(folder.FullName, "none.jsonl"), Path.Combine(folder.FullName, "full.jsonl"));
            await FillAsync(full);
            var (empty, emptyOpening, _) = await MeasureAsync(none);
            var (filled, opening, memory) = await MeasureAsync(full);
            Console.WriteLine(FormattableString.Invariant($"file of {Submissions:N0} submissions: {new FileInfo(full).Length / 1e6:F0} MB"));
            Console.WriteLine(FormattableString.Invariant($"opening: {opening.Elapsed.TotalSeconds:F2} s, of which processor time {opening.Processor.TotalSeconds:F2} s (empty: {emptyOpening.Elapsed.TotalSeconds:F2} s), live memory {memory / 1e6:F1} MB"));
            Console.WriteLine(FormattableString.Invariant($"submission and its three changes, median: {filled.Median:F2} ms (empty: {empty.Median:F2} ms)"));
            Console.WriteLine(FormattableString.Invariant($"submission alone, median: {filled.Begin:F2} ms (empty: {empty.Begin:F2} ms)"));
            Console.WriteLine(FormattableString.Invariant($"allocated for both: {filled.Bytes:N0} B (empty: {empty.Bytes:N0} B)"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Three quarters of the file's lines are needed: almost so few that it is compacted.</summary>
    private static async Task FillAsync(string path)
    {
        await using var file = new StreamWriter(path);
        for (var number = 0; number < Submissions; number++)
        {
            if (number % 3 == 0)
                await WriteAsync(file, Record($"old-{number}", SubmissionState.Accepted));
            await WriteAsync(file, Record($"old-{number}", SubmissionState.Finished));
        }
    }

    // As the journal writes it: a line with fields that are null is read by the serializer, several times as slowly.
    private static Task WriteAsync(StreamWriter file, SubmissionRecord record) =>
        file.WriteLineAsync("{\"v\":2," + JsonSerializer.Serialize(record, Format)[1..]);

    private static async Task<((double Median, double Begin, long Bytes) Each, (TimeSpan Elapsed, TimeSpan Processor) Opening, long Memory)> MeasureAsync(string path)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var journal = new FileSubmissionJournal(path);
        _ = await journal.ReadPendingAsync();
        var opening = (watch.Elapsed, Environment.CpuUsage.TotalTime - processor);
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        var (times, begins) = (new List<double>(), new List<double>());
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (var number = 0; number < Measured; number++)
        {
            watch.Restart();
            _ = await journal.TryBeginAsync(Record($"new-{number}", SubmissionState.Intended), SubmissionLimits.None);
            begins.Add(watch.Elapsed.TotalMilliseconds);
            foreach (var state in new[] { SubmissionState.Accepted, SubmissionState.Completed, SubmissionState.Finished })
            {
                await journal.UpdateAsync(new SubmissionChange
                {
                    ClientRequestId = $"new-{number}",
                    GenerationId = $"gen-new-{number}",
                    State = state,
                    ActualUsd = state is SubmissionState.Accepted ? null : 0.65m,
                    RecordedAt = TimeProvider.System.GetUtcNow(),
                });
            }

            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        allocated = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / Measured;
        return ((times.Order().ElementAt(Measured / 2), begins.Order().ElementAt(Measured / 2), allocated), opening, memory);
    }

    private static SubmissionRecord Record(string id, SubmissionState state) => new()
    {
        ClientRequestId = id,
        Fingerprint = "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08",
        Model = TextToVideoRequest.DefaultModel,
        State = state,
        GenerationId = state is SubmissionState.Intended ? null : $"gen-{id}",
        EstimatedUsd = 0.65m,
        ActualUsd = state is SubmissionState.Finished ? 0.65m : null,
        StartedAt = TimeProvider.System.GetUtcNow().AddDays(-3),
        RecordedAt = TimeProvider.System.GetUtcNow().AddDays(-3),
    };
}

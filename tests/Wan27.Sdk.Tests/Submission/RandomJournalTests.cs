using System.Globalization;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Wan27.Sdk.Transport;
using Wan27.Sdk.Tests.Media;

namespace Wan27.Sdk.Tests.Submission;

/// <summary>A journal that several processes use, each of which may be killed within a line, compared with a model of it.</summary>
public sealed class RandomJournalTests : IDisposable
{
    private const string Seed = "0N0XIzNsQ0O2";
    private const int Journals = 3;

    private static readonly Gen<Step> Steps =
        Gen.Select(Gen.Enum<JournalAction>(), Gen.Int[0, Journals - 1], Gen.Int[0, 3], Gen.Enum<SubmissionState>(), Gen.Int[0, 200], (action, journal, id, state, torn) => new Step(action, journal, $"order-{id}", state, torn));

    private readonly TemporaryFolder folder = new();

    private enum JournalAction
    {
        Begin,
        Record,
        Reopen,
        TearLine,
    }

    private string Path => System.IO.Path.Combine(folder.Path, "journal.jsonl");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_reader_sees_the_last_write_and_only_one_caller_may_begin() =>
        await Steps.Array[1, 25].SampleAsync(
            async steps =>
            {
                File.Delete(Path);
                var journals = Enumerable.Range(0, Journals).Select(_ => Open()).ToArray();
                File.Delete(Path + ".compacting");
                var known = new Dictionary<string, SubmissionState>();
                foreach (var (step, i) in steps.Select((step, i) => (step, i)))
                {
                    switch (step.JournalAction)
                    {
                        case JournalAction.Begin:
                            var mayBegin = !known.TryGetValue(step.Id, out var state) || state is SubmissionState.Refused;
                            Assert.Equal(mayBegin, await journals[step.Journal].TryBeginAsync(Entry(step.Id, SubmissionState.Intended, i), Cancellation) is null);
                            if (mayBegin)
                                known[step.Id] = SubmissionState.Intended;
                            break;
                        case JournalAction.Record:
                            await journals[step.Journal].RecordAsync(Entry(step.Id, step.State, i), Cancellation);
                            if (known.TryGetValue(step.Id, out var before) && Advances(before, step.State))
                                known[step.Id] = step.State;
                            break;
                        case JournalAction.Reopen:
                            journals[step.Journal] = Open();
                            break;
                        default:
                            // A killed process tears its own line, which replaces that of an earlier process.
                            var text = File.Exists(Path) ? await File.ReadAllTextAsync(Path, Cancellation) : "";
                            var line = """{"v":1,"clientRequestId":"torn","fingerprint":"F","model":"m","state":"Intended","recordedAt":"2026-07-01T12:00:00+00:00"}""";
                            await File.WriteAllTextAsync(Path, text[..(text.LastIndexOf('\n') + 1)] + line[..Math.Min(step.Torn, line.Length - 1)], Cancellation);
                            break;
                    }

                    var pending = await journals[(step.Journal + 1) % Journals].ReadPendingAsync(Cancellation);
                    Assert.Equal(
                        known.Where(entry => entry.Value is not (SubmissionState.Refused or SubmissionState.Finished)).Select(entry => entry.Key).Order(),
                        pending.Select(record => record.ClientRequestId).Order());
                    var totals = await journals[step.Journal].ReadTotalsAsync(null, null, SubmissionLimits.None, Cancellation);
                    Assert.Equal(known.Count(entry => entry.Value is not (SubmissionState.Refused or SubmissionState.Intended)), totals.SpentUsd);
                    Assert.Equal(known.Count(entry => entry.Value is SubmissionState.Intended), totals.ReservedUsd);
                }
            },
            seed: Seed, iter: 150, threads: 1);

    [Fact]
    public void Any_moment_has_a_window_in_the_log() =>
        Gen.Select(Gen.OneOf(Gen.Long[0, DateTime.MaxValue.Ticks], Gen.Const(0L), Gen.Const(DateTime.MaxValue.Ticks)), Gen.Long[0, TimeSpan.FromDays(1).Ticks]).Sample(
            (ticks, reach) =>
            {
                var query = Uri.UnescapeDataString(ServiceLogClient.Around(new DateTimeOffset(ticks, TimeSpan.Zero), TimeSpan.FromTicks(reach))).Split('&', '=');
                var (start, end) = (Parse(query[1]), Parse(query[3]));
                Assert.Equal(("start", "end"), (query[0], query[2]));
                Assert.InRange(ticks, start.Ticks, end.Ticks + TimeSpan.TicksPerSecond);
            },
            seed: Seed, iter: 5_000, threads: 1);

    private static bool Advances(SubmissionState from, SubmissionState to) => (from, to) switch
    {
        (SubmissionState.Refused, _) => false,
        (_, SubmissionState.Refused) => from is SubmissionState.Intended,
        _ => to > from,
    };

    private static DateTime Parse(string text) => DateTime.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A journal that compacts its file as soon as a third of it is not needed.</summary>
    private FileSubmissionJournal Open()
    {
        var journal = new FileSubmissionJournal(Path, new FakeTimeProvider(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero)));
        journal.Compactor.MinBytes = 0;
        return journal;
    }

    private static SubmissionRecord Entry(string id, SubmissionState state, int at) => new()
    {
        ClientRequestId = id,
        Fingerprint = "F",
        Model = "m",
        State = state,
        EstimatedUsd = 1m,
        RecordedAt = new DateTimeOffset(2026, 7, 1, 12, 0, at, TimeSpan.Zero),
    };

    private sealed record Step(JournalAction JournalAction, int Journal, string Id, SubmissionState State, int Torn);
}

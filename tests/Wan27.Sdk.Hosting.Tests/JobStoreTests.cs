namespace Wan27.Sdk.Hosting.Tests;

public sealed class FileJobStoreTests(FileStore store) : JobStoreTests(store), IClassFixture<FileStore>
{
    [Fact]
    public async Task A_compaction_keeps_what_has_a_job()
    {
        using var folder = new TemporaryFolder();
        var path = folder["journal.jsonl"];
        var journal = new FileSubmissionJournal(path) { Retention = TimeSpan.FromTicks(1) };
        journal.Compactor.MinBytes = 0;
        await BeginAsync(journal, "kept");
        await journal.UpdateAsync(Change("kept", SubmissionState.Finished), Cancellation);
        for (var number = 0; number < 20; number++)
        {
            await BeginAsync(journal, $"gone-{number}", isJob: false);
            await journal.UpdateAsync(Change($"gone-{number}", SubmissionState.Finished), Cancellation);
        }

        Assert.DoesNotContain("gone-1\"", await File.ReadAllTextAsync(path, Cancellation), StringComparison.Ordinal);
        Assert.Contains(await ClaimAsync(new FileSubmissionJournal(path), "one", Later), record => record.ClientRequestId == "kept");
    }
}

public sealed class SqliteJobStoreTests(SqliteStore store) : JobStoreTests(store), IClassFixture<SqliteStore>;

public sealed class PostgresJobStoreTests(PostgresStore store) : JobStoreTests(store), IClassFixture<PostgresStore>;

/// <summary>What each store does with jobs.</summary>
public abstract class JobStoreTests(TestStore store)
{
    protected static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    protected static readonly DateTimeOffset Later = Now.AddMinutes(2);

    private readonly string account = Guid.NewGuid().ToString("N");

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_is_claimed_once_until_its_claim_is_over()
    {
        store.Require();
        var (one, two) = (store.Journal(), store.Journal());
        await BeginAsync(one, Id("a"));

        Assert.Empty(await ClaimAsync(one, "early", Now.AddSeconds(-1)));
        var claimed = Assert.Single(await ClaimAsync(one, "first", Now));
        Assert.Equal((Id("a"), "first", Later), (claimed.ClientRequestId, claimed.Job!.Owner, claimed.Job.DueAt));
        Assert.Empty(await ClaimAsync(two, "second", Later.AddSeconds(-1)));
        Assert.Equal("third", Assert.Single(await ClaimAsync(two, "third", Later)).Job!.Owner);

        Assert.False(await Jobs(one).UpdateJobAsync(Id("a"), "first", null, Cancellation));
        Assert.True(await Jobs(two).UpdateJobAsync(Id("a"), "third", null, Cancellation));
        Assert.False(await Jobs(two).UpdateJobAsync(Id("a"), "third", null, Cancellation));
        Assert.Empty(await ClaimAsync(two, "fourth", Later.AddDays(1)));
    }

    [Fact]
    public async Task Of_many_claims_at_once_one_has_each_job()
    {
        store.Require();
        var journals = Enumerable.Range(0, 4).Select(_ => store.Journal()).ToList();
        for (var number = 0; number < 40; number++)
            await BeginAsync(journals[0], Id($"{number}"));

        var claimed = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            number => Task.Run(() => ClaimAsync(journals[number % 4], $"owner-{number}", Now, count: 3), Cancellation)));

        var ids = claimed.SelectMany(records => records.Select(record => record.ClientRequestId)).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        while (await ClaimAsync(journals[0], Guid.NewGuid().ToString("N"), Now, count: 3) is { Count: > 0 } rest)
            ids.AddRange(rest.Select(record => record.ClientRequestId));
        Assert.Equal(40, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_released_job_keeps_what_is_known_of_it()
    {
        store.Require();
        var journal = store.Journal();
        await BeginAsync(journal, Id("a"));
        _ = await ClaimAsync(journal, "first", Now);
        Assert.True(await Jobs(journal).UpdateJobAsync(
            Id("a"), "first", new SubmissionJob { DueAt = Now.AddSeconds(1), IsUnknownHanded = true, Failures = 3 }, Cancellation));

        Assert.Empty(await ClaimAsync(store.Journal(), "second", Now));
        var claimed = Assert.Single(await ClaimAsync(store.Journal(), "third", Now.AddSeconds(1)));

        Assert.Equal(new SubmissionJob { Owner = "third", DueAt = Later.AddSeconds(1), IsUnknownHanded = true, Failures = 3 }, claimed.Job);
    }

    [Fact]
    public async Task A_finished_submission_keeps_its_job_and_a_refused_one_has_none()
    {
        store.Require();
        var journal = store.Journal();
        foreach (var id in new[] { "finished", "refused" })
            await BeginAsync(journal, Id(id));
        await journal.UpdateAsync(Change(Id("finished"), SubmissionState.Finished), Cancellation);
        await journal.UpdateAsync(Change(Id("refused"), SubmissionState.Refused) with { GenerationId = null }, Cancellation);

        Assert.DoesNotContain(await journal.ReadPendingAsync(Cancellation), record => record.Account == account);
        Assert.Equal(Id("finished"), Assert.Single(await ClaimAsync(store.Journal(), "one", Now)).ClientRequestId);
        await BeginAsync(journal, Id("refused"));
        Assert.Equal(Id("refused"), Assert.Single(await ClaimAsync(store.Journal(), "two", Now)).ClientRequestId);
    }

    [Fact]
    public async Task Jobs_are_added_to_pending_submissions_that_have_none()
    {
        store.Require();
        var journal = store.Journal();
        foreach (var id in new[] { "a", "b", "finished" })
            await BeginAsync(journal, Id(id), isJob: id == "a");
        await journal.UpdateAsync(Change(Id("finished"), SubmissionState.Finished), Cancellation);
        _ = await ClaimAsync(journal, "one", Now);

        await Task.WhenAll(Jobs(journal).AddJobsAsync(account, Now, Cancellation).AsTask(), Jobs(store.Journal()).AddJobsAsync(account, Now, Cancellation).AsTask());

        Assert.Equal(Id("b"), Assert.Single(await ClaimAsync(store.Journal(), "two", Now)).ClientRequestId);
    }

    protected async Task<IReadOnlyList<SubmissionRecord>> ClaimAsync(ISubmissionJournal journal, string owner, DateTimeOffset now, int count = 100) =>
        await Jobs(journal).ClaimJobsAsync(account, owner, count, now, now.AddMinutes(2), Cancellation);

    protected async Task BeginAsync(ISubmissionJournal journal, string id, bool isJob = true)
    {
        var intent = new SubmissionRecord
        {
            ClientRequestId = id,
            Fingerprint = "F",
            Model = "wan",
            State = SubmissionState.Intended,
            Account = account,
            StartedAt = Now,
            RecordedAt = Now,
            Job = isJob ? new SubmissionJob { DueAt = Now } : null,
        };
        Assert.Null(await journal.TryBeginAsync(intent, Cancellation));
    }

    protected SubmissionChange Change(string id, SubmissionState state) =>
        new() { ClientRequestId = id, GenerationId = $"gen-{id}", Account = account, State = state, RecordedAt = Now };

    private static ISubmissionJobStore Jobs(ISubmissionJournal journal) => (ISubmissionJobStore)journal;

    private string Id(string name) => $"{account}-{name}";
}

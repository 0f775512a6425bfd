using VideoStudio.Api;
using VideoStudio.Store;
using VideoStudio.Tests.Support;

namespace VideoStudio.Tests;

public sealed class JobTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_goes_from_the_queue_to_the_film_and_asks_for_each_next_step_once()
    {
        await using var bench = await JobBench.StartAsync();
        var id = await bench.AddAsync();
        Assert.Equal(GenerationState.Generating, (await bench.StepAsync(id)).State);
        Assert.Equal(GenerationState.Fetching, (await bench.StepAsync(id)).State);
        var done = await bench.StepAsync(id);

        Assert.Equal((GenerationState.Done, CostStatus.Actual, 1), (done.State, done.CostState, done.Polls));
        Assert.Equal(2, bench.Scheduled);
        Assert.True(File.Exists(bench.Folder.Film(id)));
        Assert.Equal(done, await bench.StepAsync(id));
    }

    [Fact]
    public async Task Each_step_run_many_times_at_once_buys_once_and_makes_one_film()
    {
        await using var bench = await JobBench.StartAsync();
        var id = await bench.AddAsync();
        for (var step = 0; step < 3; step++)
        {
            bench.Time.SetUtcNow((await bench.GetAsync(id)).DueAt > bench.Time.GetUtcNow() ? (await bench.GetAsync(id)).DueAt : bench.Time.GetUtcNow());
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => bench.Job.RunAsync(id, Cancellation), Cancellation)));
        }

        Assert.Equal(GenerationState.Done, (await bench.GetAsync(id)).State);
        Assert.Equal(1, bench.Emulator.Ledger.CompleteSubmissionBodies);
        Assert.Equal(2, bench.Scheduled);
    }

    [Fact]
    public async Task A_submission_whose_claim_ran_out_while_it_was_under_way_is_not_sent_by_the_one_who_takes_it_over()
    {
        await using var bench = await JobBench.StartAsync();
        var id = await bench.AddAsync();
        bench.Emulator.Faults.Add(EmulatorFault.StallAt(0, TimeSpan.FromSeconds(2)).AfterAccepting().On(EmulatorOperations.Submit));
        var slow = Task.Run(() => bench.Job.RunAsync(id, Cancellation), Cancellation);
        while (bench.Emulator.Ledger.Submissions.Count == 0)
            await Task.Delay(10, Cancellation);
        var second = await bench.StepAsync(id);
        await slow;

        Assert.Equal(1, bench.Emulator.Ledger.CompleteSubmissionBodies);
        Assert.Contains(second.State, new[] { GenerationState.Generating, GenerationState.Unknown });
        while (!(await bench.GetAsync(id)).IsOver)
            await bench.StepAsync(id);
        Assert.Equal(GenerationState.Done, (await bench.GetAsync(id)).State);
        Assert.Equal(1, bench.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task A_lost_answer_is_a_state_of_its_own_that_is_cleared_up_later_without_sending_again()
    {
        await using var bench = await JobBench.StartAsync();
        bench.Emulator.Faults.Add(EmulatorFault.Status(502).AfterAccepting().WithoutInferenceId().On(EmulatorOperations.Submit));
        bench.Emulator.Faults.Add(EmulatorFault.LateLogRows(TimeSpan.FromHours(1)).Times(2));
        var id = await bench.AddAsync();
        var unknown = await bench.StepAsync(id);
        Assert.Equal((GenerationState.Unknown, false), (unknown.State, unknown.CanRetry));
        Assert.Contains("may have been paid", unknown.Reason, StringComparison.Ordinal);

        while ((await bench.StepAsync(id)).State is GenerationState.Unknown)
            Assert.True((await bench.GetAsync(id)).Troubles < 10);
        Assert.Equal(GenerationState.Generating, (await bench.GetAsync(id)).State);
        Assert.Equal(1, bench.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task What_never_shows_in_the_log_is_given_up_after_a_day_and_may_then_be_paid_again()
    {
        await using var bench = await JobBench.StartAsync();
        bench.Emulator.Faults.Add(EmulatorFault.ResetAt(0).BeforeAccepting().On(EmulatorOperations.Submit));
        var id = await bench.AddAsync();
        Assert.Equal(GenerationState.Unknown, (await bench.StepAsync(id)).State);
        bench.Time.Advance(TimeSpan.FromHours(25));
        var failed = await bench.StepAsync(id);

        Assert.Equal((GenerationState.Failed, true), (failed.State, failed.CanRetry));
        Assert.Empty(bench.Emulator.Ledger.Submissions);
        Assert.Equal(1, bench.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task What_the_service_turns_away_is_queued_again_and_sent_again()
    {
        await using var bench = await JobBench.StartAsync();
        bench.Emulator.Faults.Add(EmulatorFault.Status(429, TimeSpan.Zero).On(EmulatorOperations.Submit).Times(3));
        var id = await bench.AddAsync();
        Assert.Equal(GenerationState.Queued, (await bench.StepAsync(id)).State);
        Assert.Equal(GenerationState.Generating, (await bench.StepAsync(id)).State);
        Assert.Single(bench.Emulator.Ledger.Submissions);
    }

    [Fact]
    public async Task A_long_reason_of_the_service_is_cut_before_it_is_stored_and_listed()
    {
        await using var bench = await JobBench.StartAsync();
        bench.Emulator.Script(EmulatorScript.FailWith("long", "a\0b" + new string('x', 1_020) + string.Concat(Enumerable.Repeat("\U0001F98A", 300_000))));
        var id = await bench.AddAsync();

        Generation generation;
        do
            generation = await bench.StepAsync(id);
        while (!generation.IsOver);

        var expected = "a b" + new string('x', 1_020);
        Assert.Equal((GenerationState.Failed, expected), (generation.State, generation.Reason));
        Assert.Equal(expected, (await bench.GetAsync(id)).Reason);
    }

    [Fact]
    public void Problems_of_a_request_are_bounded_in_number_and_length()
    {
        var errors = new FieldErrors();

        for (var i = 0; i < 1_000; i++)
            errors.Add(new RequestProblem(nameof(VideoGenerationRequest.Prompt), new string('x', 100_000)));

        var sentences = errors.ToDictionary()["prompt"];
        Assert.Equal((20, 1_024), (sentences.Length, sentences.Max(sentence => sentence.Length)));
    }

    [Fact]
    public async Task An_empty_account_is_told_in_words_and_nothing_is_sent_again()
    {
        await using var bench = await JobBench.StartAsync(options => options.Balance = 0);
        var failed = await bench.StepAsync(await bench.AddAsync());
        Assert.Equal((GenerationState.Failed, "The studio's account with the service is empty. Nothing was paid."), (failed.State, failed.Reason));
    }

    [Fact]
    public async Task A_stop_hands_the_step_over_at_once()
    {
        await using var bench = await JobBench.StartAsync();
        var id = await bench.AddAsync();
        await bench.StepAsync(id);
        using var stop = new CancellationTokenSource();
        bench.Emulator.Faults.Add(EmulatorFault.StallAt(0).On(EmulatorOperations.Get));
        var step = bench.StepAsync(id, stop.Token);
        while (!bench.Emulator.Ledger.Requests.Any(request => request.Operation == EmulatorOperations.Get))
            await Task.Delay(10, Cancellation);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => step);
        var released = await bench.GetAsync(id);
        Assert.Equal((GenerationState.Generating, true), (released.State, released.DueAt <= bench.Time.GetUtcNow()));
        Assert.Equal(GenerationState.Fetching, (await bench.StepAsync(id)).State);
    }

    [Fact]
    public async Task What_a_dead_process_held_is_overdue_when_its_claim_ends_and_is_taken_up_once()
    {
        await using var bench = await JobBench.StartAsync();
        var id = await bench.AddAsync();
        var held = await bench.Store.TryUpdateAsync((await bench.GetAsync(id)) with { DueAt = bench.Time.GetUtcNow().AddMinutes(2) }, Cancellation);
        await bench.Job.RunAsync(id, Cancellation);
        Assert.Equal(held, await bench.GetAsync(id));

        var now = bench.Time.GetUtcNow().AddMinutes(3);
        bench.Time.SetUtcNow(now);
        Assert.Equal([id], await bench.Store.TakeOverdueAsync(now.AddSeconds(-20), now, Cancellation));
        Assert.Empty(await bench.Store.TakeOverdueAsync(now.AddSeconds(-20), now, Cancellation));
        await bench.Job.RunAsync(id, Cancellation);
        Assert.Equal(GenerationState.Generating, (await bench.GetAsync(id)).State);
    }
}

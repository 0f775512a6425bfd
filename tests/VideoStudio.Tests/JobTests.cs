using VideoStudio.Api;
using VideoStudio.Store;
using VideoStudio.Tests.Support;

namespace VideoStudio.Tests;

public sealed class JobTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_runs_from_the_queue_to_the_video_and_schedules_each_step_once()
    {
        await using var host = await JobTestHost.StartAsync();
        var id = await host.AddAsync();
        Assert.Equal(GenerationState.Generating, (await host.StepAsync(id)).State);
        Assert.Equal(GenerationState.Fetching, (await host.StepAsync(id)).State);
        var done = await host.StepAsync(id);

        Assert.Equal((GenerationState.Done, CostState.Actual, 1), (done.State, done.CostState, done.Polls));
        Assert.Equal(2, host.Scheduled);
        Assert.True(File.Exists(host.Folder.Video(id)));
        Assert.Equal(done, await host.StepAsync(id));
    }

    [Fact]
    public async Task Concurrent_runs_of_each_step_buy_and_download_one_video()
    {
        await using var host = await JobTestHost.StartAsync();
        var id = await host.AddAsync();
        for (var step = 0; step < 3; step++)
        {
            host.Time.SetUtcNow((await host.GetAsync(id)).DueAt > host.Time.GetUtcNow() ? (await host.GetAsync(id)).DueAt : host.Time.GetUtcNow());
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => host.Job.RunAsync(id, Cancellation), Cancellation)));
        }

        Assert.Equal(GenerationState.Done, (await host.GetAsync(id)).State);
        Assert.Equal(1, host.Emulator.Ledger.CompleteSubmissionBodies);
        Assert.Equal(2, host.Scheduled);
    }

    [Fact]
    public async Task A_submission_whose_claim_expires_while_it_runs_is_not_sent_again()
    {
        await using var host = await JobTestHost.StartAsync();
        var id = await host.AddAsync();
        host.Emulator.Faults.Add(EmulatorFault.StallAt(0, TimeSpan.FromSeconds(2)).AfterAccepting().On(EmulatorOperations.Submit));
        var slow = Task.Run(() => host.Job.RunAsync(id, Cancellation), Cancellation);
        while (host.Emulator.Ledger.Submissions.Count == 0)
            await Task.Delay(10, Cancellation);
        var second = await host.StepAsync(id);
        await slow;

        Assert.Equal(1, host.Emulator.Ledger.CompleteSubmissionBodies);
        Assert.Contains(second.State, new[] { GenerationState.Generating, GenerationState.Unknown });
        while (!(await host.GetAsync(id)).IsOver)
            await host.StepAsync(id);
        Assert.Equal(GenerationState.Done, (await host.GetAsync(id)).State);
        Assert.Equal(1, host.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task A_lost_response_is_a_state_that_is_resolved_without_sending_again()
    {
        await using var host = await JobTestHost.StartAsync();
        host.Emulator.Faults.Add(EmulatorFault.Status(502).AfterAccepting().WithoutInferenceId().On(EmulatorOperations.Submit));
        host.Emulator.Faults.Add(EmulatorFault.LateLogRows(TimeSpan.FromHours(1)).Times(2));
        var id = await host.AddAsync();
        var unknown = await host.StepAsync(id);
        Assert.Equal((GenerationState.Unknown, false), (unknown.State, unknown.CanRetry));
        Assert.Contains("may have been paid for", unknown.Reason, StringComparison.Ordinal);

        while ((await host.StepAsync(id)).State is GenerationState.Unknown)
            Assert.True((await host.GetAsync(id)).Failures < 10);
        Assert.Equal(GenerationState.Generating, (await host.GetAsync(id)).State);
        Assert.Equal(1, host.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task A_generation_missing_from_the_log_fails_after_a_day_and_can_be_retried()
    {
        await using var host = await JobTestHost.StartAsync();
        host.Emulator.Faults.Add(EmulatorFault.ResetAt(0).BeforeAccepting().On(EmulatorOperations.Submit));
        var id = await host.AddAsync();
        Assert.Equal(GenerationState.Unknown, (await host.StepAsync(id)).State);
        host.Time.Advance(TimeSpan.FromHours(25));
        var failed = await host.StepAsync(id);

        Assert.Equal((GenerationState.Failed, true), (failed.State, failed.CanRetry));
        Assert.Empty(host.Emulator.Ledger.Submissions);
        Assert.Equal(1, host.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task A_throttled_submission_is_queued_and_sent_again()
    {
        await using var host = await JobTestHost.StartAsync();
        host.Emulator.Faults.Add(EmulatorFault.Status(429, TimeSpan.Zero).On(EmulatorOperations.Submit).Times(3));
        var id = await host.AddAsync();
        Assert.Equal(GenerationState.Queued, (await host.StepAsync(id)).State);
        Assert.Equal(GenerationState.Generating, (await host.StepAsync(id)).State);
        Assert.Single(host.Emulator.Ledger.Submissions);
    }

    [Fact]
    public async Task A_long_reason_of_the_service_is_cut_before_it_is_stored_and_listed()
    {
        await using var host = await JobTestHost.StartAsync();
        host.Emulator.Script(EmulatorScript.FailWith("long", "a\0b" + new string('x', 1_020) + string.Concat(Enumerable.Repeat("\U0001F98A", 300_000))));
        var id = await host.AddAsync();

        Generation generation;
        do
            generation = await host.StepAsync(id);
        while (!generation.IsOver);

        var expected = "a b" + new string('x', 1_020);
        Assert.Equal((GenerationState.Failed, expected), (generation.State, generation.Reason));
        Assert.Equal(expected, (await host.GetAsync(id)).Reason);
    }

    [Fact]
    public void Problems_of_a_request_are_bounded_in_number_and_length()
    {
        var errors = new FieldErrors();

        for (var i = 0; i < 1_000; i++)
            errors.Add(new RequestProblem(nameof(VideoGenerationRequest.Prompt), new string('x', 100_000)));

        var messages = errors.ToDictionary()["prompt"];
        Assert.Equal((20, 1_024), (messages.Length, messages.Max(message => message.Length)));
    }

    [Fact]
    public async Task An_account_without_credits_is_reported_and_nothing_is_sent_again()
    {
        await using var host = await JobTestHost.StartAsync(options => options.Balance = 0);
        var failed = await host.StepAsync(await host.AddAsync());
        Assert.Equal((GenerationState.Failed, "The studio's account has no credits left. Nothing was paid."), (failed.State, failed.Reason));
    }

    [Fact]
    public async Task A_stop_releases_the_step_at_once()
    {
        await using var host = await JobTestHost.StartAsync();
        var id = await host.AddAsync();
        await host.StepAsync(id);
        using var stop = new CancellationTokenSource();
        host.Emulator.Faults.Add(EmulatorFault.StallAt(0).On(EmulatorOperations.Get));
        var step = host.StepAsync(id, stop.Token);
        while (!host.Emulator.Ledger.Requests.Any(request => request.Operation == EmulatorOperations.Get))
            await Task.Delay(10, Cancellation);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => step);
        var released = await host.GetAsync(id);
        Assert.Equal((GenerationState.Generating, true), (released.State, released.DueAt <= host.Time.GetUtcNow()));
        Assert.Equal(GenerationState.Fetching, (await host.StepAsync(id)).State);
    }

    [Fact]
    public async Task A_step_of_a_dead_process_is_overdue_when_its_claim_expires()
    {
        await using var host = await JobTestHost.StartAsync();
        var id = await host.AddAsync();
        var held = await host.Store.TryUpdateAsync((await host.GetAsync(id)) with { DueAt = host.Time.GetUtcNow().AddMinutes(2) }, Cancellation);
        await host.Job.RunAsync(id, Cancellation);
        Assert.Equal(held, await host.GetAsync(id));

        var now = host.Time.GetUtcNow().AddMinutes(3);
        host.Time.SetUtcNow(now);
        Assert.Equal([id], await host.Store.TakeOverdueAsync(now.AddSeconds(-20), now, Cancellation));
        Assert.Empty(await host.Store.TakeOverdueAsync(now.AddSeconds(-20), now, Cancellation));
        await host.Job.RunAsync(id, Cancellation);
        Assert.Equal(GenerationState.Generating, (await host.GetAsync(id)).State);
    }
}

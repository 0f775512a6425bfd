using Microsoft.EntityFrameworkCore;
using VideoStudio.Api;
using VideoStudio.Store;
using VideoStudio.Tests.Support;

namespace VideoStudio.Tests;

public sealed class JobTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_runs_from_the_queue_to_the_video_and_then_ends()
    {
        await using var host = await JobTestHost.StartAsync();
        var id = await host.AddAsync();
        Assert.Equal((GenerationState.Generating, TimeSpan.FromSeconds(10)), ((await host.StepAsync(id)).State, host.Next));
        Assert.Equal((GenerationState.Fetching, TimeSpan.Zero), ((await host.StepAsync(id)).State, host.Next));
        var done = await host.StepAsync(id);

        Assert.Equal((GenerationState.Done, "actual", 1), (done.State, done.CostState, done.Polls));
        Assert.Null(host.Next);
        Assert.True(File.Exists(host.Folder.Video(id)));
        Assert.Equal(done.Version, (await host.StepAsync(id)).Version);
    }

    [Fact]
    public async Task Polls_follow_the_intervals_of_the_settings()
    {
        await using var host = await JobTestHost.StartAsync(options => options.GeneratingFor = TimeSpan.FromHours(1));
        var id = await host.AddAsync();
        var intervals = new List<double>();
        for (var step = 0; step < 30; step++)
        {
            await host.StepAsync(id);
            intervals.Add(Math.Round(host.Next!.Value.TotalSeconds, 1));
        }

        Assert.Equal([10, 6, 6.3, 6.6], intervals[..4]);
        Assert.Equal(15, intervals[^1]);
    }

    [Fact]
    public async Task Concurrent_runs_of_each_step_buy_and_download_one_video()
    {
        await using var host = await JobTestHost.StartAsync();
        var id = await host.AddAsync();
        for (var step = 0; step < 10 && !(await host.GetAsync(id)).IsOver; step++)
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RunAsync(host, id), Cancellation)));

        Assert.Equal(GenerationState.Done, (await host.GetAsync(id)).State);
        Assert.Equal(1, host.Emulator.Ledger.CompleteSubmissionBodies);
        Assert.Single(Directory.GetFiles(host.Folder.Videos));
    }

    [Fact]
    public async Task A_submission_that_runs_twice_is_sent_once()
    {
        await using var host = await JobTestHost.StartAsync();
        var id = await host.AddAsync();
        host.Emulator.Faults.Add(EmulatorFault.StallAt(0, TimeSpan.FromSeconds(2)).AfterAccepting().On(EmulatorOperations.Submit));
        var slow = Task.Run(() => RunAsync(host, id), Cancellation);
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
    public async Task A_late_run_does_not_undo_what_another_one_has_done()
    {
        await using var host = await JobTestHost.StartAsync();
        var id = await host.AddAsync();
        await host.StepAsync(id);
        await using var late = host.CreateContext();
        var outdated = await late.Generations.SingleAsync(generation => generation.Id == id, Cancellation);
        while (!(await host.StepAsync(id)).IsOver)
            Assert.NotNull(host.Next);

        outdated.Polls = 7;
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => late.SaveChangesAsync(Cancellation));
        Assert.Equal((GenerationState.Done, 1), ((await host.GetAsync(id)).State, (await host.GetAsync(id)).Polls));
    }

    [Fact]
    public async Task A_submission_that_a_dead_process_did_not_send_is_sent()
    {
        await using var host = await JobTestHost.StartAsync();
        var id = await host.AddAsync(GenerationState.Submitting);

        Assert.Equal(GenerationState.Generating, (await host.StepAsync(id)).State);
        Assert.Equal(1, host.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task A_generation_that_the_service_does_not_find_five_times_is_lost()
    {
        await using var host = await JobTestHost.StartAsync(options => options.GeneratingFor = TimeSpan.FromHours(1));
        var id = await host.AddAsync();
        await host.StepAsync(id);
        host.Emulator.Faults.Add(EmulatorFault.Status(404).On(EmulatorOperations.Get).Times(int.MaxValue));
        var delays = new List<double>();
        for (var step = 0; step < 10 && !(await host.StepAsync(id)).IsOver; step++)
            delays.Add(host.Next!.Value.TotalSeconds);

        Assert.Equal([2, 4, 8, 16, 32], delays);
        var lost = await host.GetAsync(id);
        Assert.Equal((GenerationState.Failed, "The service no longer has this generation."), (lost.State, lost.Reason));
    }

    [Fact]
    public async Task A_poll_that_succeeds_ends_the_count_of_failures()
    {
        await using var host = await JobTestHost.StartAsync(options => options.GeneratingFor = TimeSpan.FromHours(1));
        var id = await host.AddAsync();
        await host.StepAsync(id);
        for (var round = 0; round < 3; round++)
        {
            host.Emulator.Faults.Add(EmulatorFault.Status(404).On(EmulatorOperations.Get).Times(int.MaxValue));
            for (var step = 0; step < 4; step++)
                await host.StepAsync(id);
            Assert.Equal(TimeSpan.FromSeconds(16), host.Next);
            host.Emulator.Faults.Clear();
            Assert.Equal(round + 1, (await host.StepAsync(id)).Polls);
        }
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

        for (var step = 0; (await host.StepAsync(id)).State is GenerationState.Unknown; step++)
            Assert.True(step < 10 && host.Next > TimeSpan.FromSeconds(1));
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
    public async Task A_stop_ends_a_poll_and_the_next_run_continues()
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
        Assert.Equal(GenerationState.Generating, (await host.GetAsync(id)).State);
        Assert.Equal(GenerationState.Fetching, (await host.StepAsync(id)).State);
    }

    // Hangfire runs a job again whose row was changed by another run.
    private static async Task RunAsync(JobTestHost host, string id)
    {
        try
        {
            await host.RunAsync(id);
        }
        catch (Exception e) when (e is DbUpdateConcurrencyException or WanException)
        {
            // The next run reads the row again.
        }
    }
}

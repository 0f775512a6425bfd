using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Wan27.Sdk.Emulator;

namespace Wan27.Sdk.Hosting.Tests;

public sealed class FileServiceTests(FileStore store) : ServiceTests(store), IClassFixture<FileStore>;

public sealed class SqliteServiceTests(SqliteStore store) : ServiceTests(store), IClassFixture<SqliteStore>;

public sealed class PostgresServiceTests(PostgresStore store) : ServiceTests(store), IClassFixture<PostgresStore>;

/// <summary>The service against the emulator, whose clock a test advances.</summary>
public abstract class ServiceTests(TestStore store) : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TestHandler handler = new();
    private readonly string run = Guid.NewGuid().ToString("N");
    private WanEmulator emulator = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => emulator = await WanEmulator.StartAsync(
        options => (options.TimeProvider, options.Balance, options.LogReadsPerMinute) = (clock, 10_000, int.MaxValue), Cancellation);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return emulator.DisposeAsync();
    }

    [Fact]
    public async Task Each_outcome_is_handed_over_once_by_one_of_two_instances()
    {
        store.Require();
        await using var one = await InstanceAsync();
        await using var two = await InstanceAsync();
        for (var number = 0; number < 20; number++)
        {
            emulator.Script(number % 4 == 3 ? EmulatorScript.FailWith("moderation", "refused") : new EmulatorScript());
            _ = await (number % 2 == 0 ? one : two).Client.CreateAsync(Request($"{number}"), Cancellation);
        }

        await UntilAsync(() => handler.Handled.Count >= 20);
        await PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(
            Enumerable.Range(0, 20).Select(number => $"{Id($"{number}")} {(number % 4 == 3 ? "failed" : "finished")}").Order(StringComparer.Ordinal),
            handler.Handled.Order(StringComparer.Ordinal));
        Assert.All(handler.Outcomes.Where(outcome => !outcome.IsSucceeded), outcome => Assert.IsType<WanGenerationFailedException>(outcome.Error));
        Assert.Equal(20, emulator.Ledger.Submissions.Count);
        Assert.DoesNotContain(await store.Journal().ReadPendingAsync(Cancellation), record => record.ClientRequestId.StartsWith(run, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_submitted_before_the_service_existed_is_resumed_at_its_start()
    {
        store.Require();
        using (var earlier = new WanVideoClient(new WanVideoClientOptions
        {
            ApiKey = emulator.ApiKey,
            BaseAddress = emulator.BaseAddress,
            TimeProvider = clock,
            Account = run,
            Journal = store.Journal(),
        }))
            _ = await earlier.CreateAsync(Request("earlier"), Cancellation);

        await using var instance = await InstanceAsync();
        await UntilAsync(() => !handler.Handled.IsEmpty);

        Assert.Equal([$"{Id("earlier")} finished"], handler.Handled);
    }

    [Fact]
    public async Task A_failure_that_someone_else_read_first_is_still_handed_over()
    {
        store.Require();
        emulator.Script(EmulatorScript.FailWith("moderation", "refused"));
        await using var instance = await InstanceAsync();
        var accepted = await instance.Client.CreateAsync(Request("read"), Cancellation);
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.True((await instance.Client.GetAsync(accepted.Id, Cancellation)).Status.IsFailed);

        await UntilAsync(() => !handler.Handled.IsEmpty);

        Assert.Equal([$"{Id("read")} failed"], handler.Handled);
    }

    [Fact]
    public async Task A_handler_that_fails_is_called_again_and_its_exception_is_not_logged()
    {
        store.Require();
        var calls = 0;
        handler.Do = (_, _) => ++calls < 4 ? throw new InvalidOperationException("secret prompt") : Task.CompletedTask;
        await using var instance = await InstanceAsync();
        _ = await instance.Client.CreateAsync(Request("fails"), Cancellation);

        await UntilAsync(() => instance.LogLines.Any(line => line.StartsWith("500 ", StringComparison.Ordinal)));
        await PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(4, handler.Handled.Count);
        Assert.Equal(
            ["1 times in all; it is called again in 2 s", "2 times in all; it is called again in 4 s", "3 times in all; it is called again in 8 s"],
            instance.LogLines.Where(line => line.StartsWith("501 ", StringComparison.Ordinal)).Select(line => line.Split(", ")[1].TrimEnd('.', ' ')));
        Assert.DoesNotContain(instance.LogLines, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_more_handlers_run_at_once_than_allowed()
    {
        store.Require();
        var gate = new TaskCompletionSource();
        handler.Do = (_, _) => gate.Task;
        await using var instance = await InstanceAsync(configure: options => options.MaxHandlers = 2);
        for (var number = 0; number < 6; number++)
            _ = await instance.Client.CreateAsync(Request($"{number}"), Cancellation);
        await UntilAsync(() => handler.Handled.Count == 2);
        await PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(2, handler.Handled.Count);
        gate.SetResult();
        await UntilAsync(() => handler.Handled.Count == 6);
        Assert.Equal(2, handler.Peak);
    }

    [Fact]
    public async Task A_crash_between_the_handler_and_the_mark_hands_the_outcome_over_again_when_the_claim_is_over()
    {
        store.Require();
        var crashing = new CrashingJournal(store.Journal());
        await using var crashed = await InstanceAsync(crashing, options => options.ClaimTime = TimeSpan.FromHours(2));
        _ = await crashed.Client.CreateAsync(Request("crash"), Cancellation);
        handler.Do = (_, _) =>
        {
            crashing.IsDead = true;
            return Task.CompletedTask;
        };
        await UntilAsync(() => handler.Handled.Count == 1);
        handler.Do = (_, _) => Task.CompletedTask;

        await using var next = await InstanceAsync();
        await PassAsync(TimeSpan.FromMinutes(30));
        Assert.Single(handler.Handled);
        clock.Advance(TimeSpan.FromHours(2));
        await UntilAsync(() => handler.Handled.Count == 2);
        await PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal([$"{Id("crash")} finished", $"{Id("crash")} finished"], handler.Handled);
        Assert.Single(emulator.Ledger.Submissions);
    }

    [Fact]
    public async Task A_shutdown_lets_a_handler_finish_and_leaves_what_waits_to_the_next_start()
    {
        store.Require();
        var gate = new TaskCompletionSource();
        handler.Do = (_, _) => gate.Task;
        var instance = await InstanceAsync();
        _ = await instance.Client.CreateAsync(Request("done"), Cancellation);
        await UntilAsync(() => handler.Handled.Count == 1);
        emulator.Script(new EmulatorScript { GeneratingFor = TimeSpan.FromHours(1) });
        _ = await instance.Client.CreateAsync(Request("waits"), Cancellation);
        await PassAsync(TimeSpan.FromMinutes(1));

        var stopping = instance.StopAsync(Cancellation);
        Assert.False(stopping.IsCompleted);
        gate.SetResult();
        await stopping;
        await instance.DisposeAsync();

        await using var next = await InstanceAsync();
        clock.Advance(TimeSpan.FromHours(1));
        await UntilAsync(() => handler.Handled.Count == 2);
        Assert.Equal([$"{Id("done")} finished", $"{Id("waits")} finished"], handler.Handled);
    }

    [Fact]
    public async Task A_handler_that_is_canceled_by_the_end_of_a_shutdown_is_called_again_at_the_next_start()
    {
        store.Require();
        handler.Do = (_, token) => Task.Delay(Timeout.Infinite, token);
        var instance = await InstanceAsync();
        _ = await instance.Client.CreateAsync(Request("cut"), Cancellation);
        await UntilAsync(() => handler.Handled.Count == 1);
        using var patience = new CancellationTokenSource();
        var stopping = instance.StopAsync(patience.Token);
        await patience.CancelAsync();
        await Record.ExceptionAsync(() => stopping);
        await instance.DisposeAsync();
        handler.Do = (_, _) => Task.CompletedTask;

        await using var next = await InstanceAsync();
        await UntilAsync(() => handler.Handled.Count == 2);

        Assert.Equal([$"{Id("cut")} finished", $"{Id("cut")} finished"], handler.Handled);
    }

    [Fact]
    public async Task An_unknown_outcome_is_handed_over_once_and_then_its_generation_when_it_is_found()
    {
        store.Require();
        emulator.Faults.Add(EmulatorFault.Status(502).On(EmulatorOperations.Submit));
        await using var instance = await InstanceAsync();
        using var cancellation = new CancellationTokenSource();
        var submitting = instance.Client.CreateAsync(Request("lost"), cancellation.Token);
        await UntilAsync(() => instance.LogLines.Any(line => line.StartsWith("104 ", StringComparison.Ordinal)));
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<WanCanceledException>(() => submitting);

        await UntilAsync(() => !handler.Handled.IsEmpty, TimeSpan.FromSeconds(5));
        Assert.InRange(clock.GetUtcNow() - clock.Start, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(45));
        await PassAsync(TimeSpan.FromHours(3), TimeSpan.FromSeconds(20));
        Assert.Equal([$"{Id("lost")} unknown"], handler.Handled);

        using var other = new WanVideoClient(new WanVideoClientOptions { ApiKey = emulator.ApiKey, BaseAddress = emulator.BaseAddress, TimeProvider = clock });
        var late = await other.CreateAsync(Request("lost"), Cancellation);
        await UntilAsync(() => handler.Handled.Count == 2, TimeSpan.FromSeconds(20));
        Assert.Equal([$"{Id("lost")} unknown", $"{Id("lost")} finished"], handler.Handled);
        Assert.Equal(late.Id, handler.Outcomes.Last().Generation!.Id);
    }

    [Fact]
    public async Task A_keyed_client_has_its_own_service_and_a_journal_without_jobs_is_refused_at_the_start()
    {
        store.Require();
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(store.Journal());
        builder.Services.AddSingleton(handler);
        builder.Services.AddKeyedWanVideoClient("studio", options => (options.ApiKey, options.BaseAddress) = (emulator.ApiKey, emulator.BaseAddress))
            .AddJobs<TestHandler>();
        using (var host = builder.Build())
        {
            await host.StartAsync(Cancellation);
            _ = await host.Services.GetRequiredKeyedService<IWanVideoClient>("studio").CreateAsync(Request("keyed"), Cancellation);
            await UntilAsync(() => !handler.Handled.IsEmpty);
            await host.StopAsync(Cancellation);
        }

        builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<ISubmissionJournal>(new MemoryJournal());
        builder.Services.AddWanVideoClient(options => (options.ApiKey, options.BaseAddress) = (emulator.ApiKey, emulator.BaseAddress)).AddJobs<TestHandler>();
        using var refused = builder.Build();
        var error = await Assert.ThrowsAsync<WanConfigurationException>(() => refused.StartAsync(Cancellation));
        Assert.Equal("CreatesJobs needs a journal that keeps jobs, such as FileSubmissionJournal; the journal is MemoryJournal.", error.Message);
    }

    [Fact]
    public async Task Settings_out_of_range_are_refused_at_the_start()
    {
        foreach (var set in new Action<GenerationJobOptions>[]
        {
            options => options.MaxGenerations = 0, options => options.MaxHandlers = 0, options => options.Interval = TimeSpan.Zero,
            options => options.ClaimTime = TimeSpan.FromSeconds(9), options => options.UnknownAfter = TimeSpan.Zero,
        })
        {
            await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => InstanceAsync(configure: set));
        }
    }

    private string Id(string name) => $"{run}-{name}";

    private TextToVideoRequest Request(string name) => new() { Prompt = "a lighthouse", ClientRequestId = Id(name) };

    private Task<TestInstance> InstanceAsync(ISubmissionJournal? journal = null, Action<GenerationJobOptions>? configure = null) =>
        TestInstance.StartAsync(emulator, run, clock, journal ?? store.Journal(), handler, configure);

    /// <summary>Lets time pass in steps, which are longer than those of a machine.</summary>
    private async Task PassAsync(TimeSpan time, TimeSpan? step = null)
    {
        for (var end = clock.GetUtcNow() + time; clock.GetUtcNow() < end;)
            await StepAsync(step ?? TimeSpan.FromSeconds(2));
    }

    private async Task UntilAsync(Func<bool> condition, TimeSpan? step = null)
    {
        for (var patience = Stopwatch.StartNew(); !condition();)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(60), "It did not happen.");
            await StepAsync(step ?? TimeSpan.FromMilliseconds(200));
        }
    }

    private async Task StepAsync(TimeSpan step)
    {
        clock.Advance(step);
        await Task.Delay(TimeSpan.FromMilliseconds(5), Cancellation);
    }
}

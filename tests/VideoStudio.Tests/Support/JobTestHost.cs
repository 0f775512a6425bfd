using Hangfire;
using Hangfire.InMemory;
using Hangfire.Server;
using Hangfire.States;
using Hangfire.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using VideoStudio.Hosting;
using VideoStudio.Jobs;
using VideoStudio.Store;

namespace VideoStudio.Tests.Support;

/// <summary>Runs a job as Hangfire does, with its filters and without its server: a test runs each step itself, with a fake clock.</summary>
internal sealed class JobTestHost : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("studio-");
    private readonly InMemoryStorage storage = new();
    private readonly IStorageConnection connection;
    private readonly ServiceProvider services;
    private readonly Dictionary<string, string> jobs = [];

    private JobTestHost(WanEmulator emulator, FakeTimeProvider time)
    {
        (Emulator, Time, Folder) = (emulator, time, new DataFolder(folder.FullName));
        Directory.CreateDirectory(Folder.Videos);
        connection = storage.GetConnection();
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(time).AddSingleton(Folder);
        collection.AddOptions<StudioOptions>();
        collection.AddDbContextFactory<StudioContext>(context => StudioDatabase.Use(context, null, Folder));
        collection.AddWanVideoClient(options =>
        {
            options.BaseAddress = emulator.BaseAddress;
            options.ApiKey = emulator.ApiKey;
            options.ReconciliationTimeout = TimeSpan.Zero;
            options.TimeProvider = new RealClock();
        }).AddEntityFrameworkJournal<StudioContext>();
        services = collection.BuildServiceProvider();
    }

    public WanEmulator Emulator { get; }

    public FakeTimeProvider Time { get; }

    public DataFolder Folder { get; }

    /// <summary>Gets when Hangfire runs the last job again; null if it does not.</summary>
    public TimeSpan? Next { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<JobTestHost> StartAsync(Action<WanEmulatorOptions>? configure = null)
    {
        var emulator = await WanEmulator.StartAsync(
            options =>
            {
                options.QueuedFor = options.GeneratingFor = TimeSpan.Zero;
                configure?.Invoke(options);
            },
            Cancellation);
        var host = new JobTestHost(emulator, new FakeTimeProvider(DateTimeOffset.UtcNow));
        await using var database = host.CreateContext();
        await database.Database.MigrateAsync(Cancellation);
        return host;
    }

    public StudioContext CreateContext() => services.GetRequiredService<IDbContextFactory<StudioContext>>().CreateDbContext();

    public async Task<string> AddAsync(GenerationState state = GenerationState.Queued)
    {
        var id = Guid.NewGuid().ToString();
        await using var database = CreateContext();
        database.Add(new Generation
        {
            Id = id,
            Model = Models.Text,
            Prompt = "A fox in the snow.",
            Resolution = "720p",
            Seconds = 5,
            State = state,
            CreatedAt = Time.GetUtcNow(),
        });
        await database.SaveChangesAsync(Cancellation);
        jobs[id] = new BackgroundJobClient(storage).Schedule<GenerationJob>(job => job.RunAsync(id, null, CancellationToken.None), TimeSpan.FromDays(1));
        return id;
    }

    public async Task<Generation> GetAsync(string id)
    {
        await using var database = CreateContext();
        return await database.Generations.SingleAsync(generation => generation.Id == id, Cancellation);
    }

    /// <summary>Runs the job once, as a worker does.</summary>
    public async Task<TimeSpan?> RunAsync(string id, CancellationToken? stop = null)
    {
        await using var scope = services.CreateAsyncScope();
        var job = ActivatorUtilities.CreateInstance<GenerationJob>(scope.ServiceProvider);
        var data = connection.GetJobData(jobs[id]);
        var run = new PerformContext(storage, connection, new BackgroundJob(jobs[id], data.Job, data.CreatedAt), new JobCancellationToken(false));
        return await job.RunAsync(id, run, stop ?? Cancellation);
    }

    /// <summary>Advances the clock to the next step, runs it, and lets Hangfire decide what follows.</summary>
    public async Task<Generation> StepAsync(string id, CancellationToken? stop = null)
    {
        Time.Advance(Next ?? TimeSpan.Zero);
        IState result;
        try
        {
            result = new SucceededState(await RunAsync(id, stop), 0, 0);
        }
        catch (WanException e)
        {
            result = new FailedState(e);
        }

        Next = new BackgroundJobStateChanger().ChangeState(new StateChangeContext(storage, connection, jobs[id], result)) switch
        {
            ScheduledState scheduled => TimeSpan.FromSeconds(Math.Round((scheduled.EnqueueAt - scheduled.ScheduledAt).TotalSeconds, 2)),
            EnqueuedState => TimeSpan.Zero,
            _ => null,
        };
        return await GetAsync(id);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Emulator.DisposeAsync();
        connection.Dispose();
        storage.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    /// <summary>A real clock for the delays of the SDK, which would otherwise use the clock of the container.</summary>
    private sealed class RealClock : TimeProvider;
}

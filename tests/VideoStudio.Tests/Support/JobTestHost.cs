using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using VideoStudio.Hosting;
using VideoStudio.Jobs;
using VideoStudio.Store;
using VideoStudio.Store.Embedded;

namespace VideoStudio.Tests.Support;

/// <summary>Runs the job and its steps without Hangfire: a test runs each step itself, with a fake clock.</summary>
internal sealed class JobTestHost : IAsyncDisposable, IJobQueue
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("studio-host-");
    private readonly ServiceProvider services;

    private JobTestHost(WanEmulator emulator, FakeTimeProvider time)
    {
        (Emulator, Time) = (emulator, time);
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(time);
        collection.AddSingleton<IHostEnvironment>(new Host(folder.FullName));
        collection.Configure<StudioOptions>(options => options.Data = "data");
        collection.AddSingleton<DataFolder>().AddSingleton<GenerationFeed>().AddSingleton<IGenerationStore, EmbeddedGenerationStore>();
        collection.AddSingleton<ISubmissionJournal>(provider => new FileSubmissionJournal(provider.GetRequiredService<DataFolder>().Journal));
        collection.AddSingleton<GenerationRequests>().AddSingleton<StepSchedule>();
        collection.AddSingleton<SubmitStep>().AddSingleton<PollStep>().AddSingleton<DownloadStep>().AddSingleton<GenerationJob>();
        collection.AddSingleton<IJobQueue>(this);
        collection.AddWanVideoClient(options =>
        {
            options.BaseAddress = emulator.BaseAddress;
            options.ApiKey = emulator.ApiKey;
            options.ReconciliationTimeout = TimeSpan.Zero;
            options.TimeProvider = new RealClock();
        });
        services = collection.BuildServiceProvider();
    }

    public WanEmulator Emulator { get; }

    public FakeTimeProvider Time { get; }

    public IGenerationStore Store => services.GetRequiredService<IGenerationStore>();

    public DataFolder Folder => services.GetRequiredService<DataFolder>();

    public GenerationJob Job => services.GetRequiredService<GenerationJob>();

    /// <summary>Gets the number of scheduled steps.</summary>
    public int Scheduled { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<JobTestHost> StartAsync(Action<WanEmulatorOptions>? configure = null)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow) { AutoAdvanceAmount = TimeSpan.Zero };
        var emulator = await WanEmulator.StartAsync(
            options =>
            {
                options.QueuedFor = options.GeneratingFor = TimeSpan.Zero;
                configure?.Invoke(options);
            },
            Cancellation);
        return new JobTestHost(emulator, time);
    }

    public async Task<string> AddAsync()
    {
        var generation = new Generation
        {
            Id = Guid.NewGuid().ToString(),
            Model = Models.Text,
            Prompt = "A fox in the snow.",
            Resolution = "720p",
            Seconds = 5,
            CreatedAt = Time.GetUtcNow(),
            DueAt = Time.GetUtcNow(),
        };
        Assert.True(await Store.TryAddAsync(generation, Cancellation));
        return generation.Id;
    }

    public async Task<Generation> GetAsync(string id) => (await Store.FindAsync(id, Cancellation))!;

    /// <summary>Advances the clock to the next step and runs it.</summary>
    public async Task<Generation> StepAsync(string id, CancellationToken? stop = null)
    {
        var due = (await GetAsync(id)).DueAt;
        if (due > Time.GetUtcNow())
            Time.SetUtcNow(due);
        await Job.RunAsync(id, stop ?? Cancellation);
        return await GetAsync(id);
    }

    void IJobQueue.Schedule(string generationId, DateTimeOffset dueAt) => Scheduled++;

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Emulator.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>A real clock for the delays of the SDK, which would otherwise use the clock of the container.</summary>
    private sealed class RealClock : TimeProvider;

    private sealed class Host(string root) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Test";

        public string ApplicationName { get; set; } = "VideoStudio";

        public string ContentRootPath { get; set; } = root;

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}

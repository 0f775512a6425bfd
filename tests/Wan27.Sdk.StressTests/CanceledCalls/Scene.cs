using Wan27.Sdk.Transport;

namespace Wan27.Sdk.StressTests.CanceledCalls;

/// <summary>One run of a method, canceled at one suspension, with every dependency that can suspend.</summary>
internal sealed class Scene : IDisposable
{
    public const string ClientRequestId = "order-1";

    private readonly CancellationTokenSource caller = new();
    private readonly WanVideoClient client;
    private readonly SuspendingClock clock;

    public Scene(int target, string folder, bool losesResponse)
    {
        Folder = folder;
        Suspensions = new Suspensions(target, caller);
        clock = new SuspendingClock(Suspensions);
        Service = new SuspendingService(Suspensions, losesResponse) { ClientRequestId = ClientRequestId };
        Journal = new SuspendingJournal(Suspensions);
        var options = new WanVideoClientOptions
        {
            ApiKeyProvider = async token =>
            {
                await Suspensions.PassAsync("the key", token);
                return "secret-key";
            },
            LoggerFactory = WatchedLoggers.Instance,
            TimeProvider = clock,
            AttemptTimeout = 2 * VirtualClock.LongestDelay,
            Journal = Journal,
            Budget = Budget,
        };
        var credentials = Credentials.From(options);
        var api = HttpTransport.Client(new SendOnceHandler(credentials, Service) { IsAlone = () => true });
        var files = HttpTransport.Client(Service);
        client = new WanVideoClient(options, new HttpClients(() => api, () => files, credentials, IsGuarded: true, []));
    }

    public string Folder { get; }

    public Suspensions Suspensions { get; }

    public SuspendingService Service { get; }

    public SuspendingJournal Journal { get; }

    public SpendingBudget Budget { get; } = new(1_000m);

    public IWanVideoClient Client => client;

    public CancellationToken Token => caller.Token;

    public int OpenTimers => clock.OpenTimers;

    public static byte[] ImageBytes { get; } = CreateImage();

    public static ImageToVideoRequest Request(MediaSource? image = null) => new()
    {
        Prompt = "a lighthouse",
        Image = image ?? MediaSource.FromBytes(ImageBytes),
        ClientRequestId = ClientRequestId,
    };

    public MediaSource Stream(bool canSeek) =>
        MediaSource.FromStream(new SuspendingStream("the image", ImageBytes, Suspensions, canSeek: canSeek));

    public void Dispose()
    {
        client.Dispose();
        caller.Dispose();
    }

    /// <summary>The header of a bitmap, and bytes after it; longer than two pieces of a body.</summary>
    private static byte[] CreateImage()
    {
        var image = new byte[250 * 1024];
        "BM"u8.CopyTo(image);
        (image[10], image[14], image[26], image[28]) = (54, 40, 1, 24);
        BitConverter.TryWriteBytes(image.AsSpan(18), 320);
        BitConverter.TryWriteBytes(image.AsSpan(22), 320);
        return image;
    }
}

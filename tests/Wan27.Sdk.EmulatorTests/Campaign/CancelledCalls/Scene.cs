using Wan27.Sdk.Transport;

namespace Wan27.Sdk.EmulatorTests.Campaign.CancelledCalls;

/// <summary>One run of a method, canceled at one suspension, with every dependency that can suspend.</summary>
internal sealed class Scene : IDisposable
{
    public const string ClientRequestId = "order-1";

    private readonly CancellationTokenSource caller = new();
    private readonly WanVideoClient client;
    private readonly SuspendingClock clock;

    public Scene(int target, string folder, bool losesAnswer)
    {
        Folder = folder;
        Suspensions = new Suspensions(target, caller);
        clock = new SuspendingClock(Suspensions);
        Service = new SuspendingService(Suspensions, losesAnswer) { ClientRequestId = ClientRequestId };
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

    public static byte[] Picture { get; } = MakePicture();

    public static ImageToVideoRequest Request(MediaSource? image = null) => new()
    {
        Prompt = "a lighthouse",
        Image = image ?? MediaSource.FromBytes(Picture),
        ClientRequestId = ClientRequestId,
    };

    public MediaSource Stream(bool canSeek) =>
        MediaSource.FromStream(new SuspendingStream("the image", Picture, Suspensions, canSeek: canSeek));

    public void Dispose()
    {
        client.Dispose();
        caller.Dispose();
    }

    /// <summary>A bitmap as far as its header goes, longer than two pieces of a body.</summary>
    private static byte[] MakePicture()
    {
        var picture = new byte[250 * 1024];
        "BM"u8.CopyTo(picture);
        (picture[10], picture[14], picture[26], picture[28]) = (54, 40, 1, 24);
        BitConverter.TryWriteBytes(picture.AsSpan(18), 320);
        BitConverter.TryWriteBytes(picture.AsSpan(22), 320);
        return picture;
    }
}

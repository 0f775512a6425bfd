
namespace Wan27.Sdk.Fuzz.Targets;

/// <summary>A client whose service responds to every request with the same bytes, at once.</summary>
internal sealed class FuzzedService : HttpMessageHandler
{
    public const string ClientRequestId = "order-1";

    private readonly byte[] response;

    public FuzzedService(byte[] response)
    {
        this.response = response;
        Client = new WanVideoClient(new HttpClient(this), new WanVideoClientOptions
        {
            ApiKey = Secrets.Key,
            TimeProvider = new VirtualClock(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero)),
            AttemptTimeout = TimeSpan.FromHours(1),
            ReconciliationTimeout = TimeSpan.Zero,
        });
    }

    public WanVideoClient Client { get; }

    /// <summary>The number of paid requests that arrived completely.</summary>
    public int Submissions { get; private set; }

    /// <summary>Runs a call to its end; an exception of the library is a valid end.</summary>
    public static (T? Result, WanException? Error) Outcome<T>(Func<Task<T>> call)
        where T : class
    {
        try
        {
            return (call().GetAwaiter().GetResult(), null);
        }
        catch (WanException e)
        {
            Secrets.ThrowIfUnfit(e.Message, 8_000);
            Secrets.ThrowIfShown(e.ToString());
            return (null, e);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Post)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            Submissions++;
        }

        return ResponseText.Read(response);
    }

    protected override void Dispose(bool disposing)
    {
        Client.Dispose();
        base.Dispose(disposing);
    }
}

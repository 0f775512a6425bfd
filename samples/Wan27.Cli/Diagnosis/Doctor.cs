using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Wan27.Cli.Commands;
using Wan27.Cli.Output;

namespace Wan27.Cli.Diagnosis;

/// <summary>Checks what a generation needs, free of charge. A check that fails does not stop the others.</summary>
internal sealed class Doctor(SharedOptions shared, ParseResult parsed, TimeProvider time) : IDisposable
{
    /// <summary>The host of most videos. The emulator and other services have their own, which is known when a video is complete.</summary>
    private static readonly Uri FileHost = new("https://cdn.aimlapi.com/");

    private const string Service = "api.aimlapi.com";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Signed addresses of videos and certificates tolerate a difference of some minutes.</summary>
    private static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(2);

    private readonly HttpClient http = new() { Timeout = Timeout };

    public void Dispose() => http.Dispose();

    public async IAsyncEnumerable<CheckResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await CheckAsync("key", () =>
        {
            _ = SharedOptions.FindKey();
            return Task.FromResult("an API key is set");
        });
        var address = shared.BaseAddressOf(parsed);
        yield return await CheckAsync("base address", () => Task.FromResult(AddressOf(address)));
        yield return await CheckAsync("proxy", () => Task.FromResult(Proxy(address) is { } proxy ? $"{proxy.Host}:{proxy.Port}" : "none"));
        yield return await CheckAsync("DNS", () => ResolveAsync(address, cancellationToken));
        DateTimeOffset? date = null;
        yield return await CheckAsync("connection", async () =>
        {
            using var response = await HeadAsync(address, cancellationToken);
            date = response.Headers.Date;
            return $"{address.Host} responds{(address.Scheme == Uri.UriSchemeHttps ? " over TLS" : "")}";
        });
        yield return await CheckAsync("clock", () => Task.FromResult(Clock(date)));
        yield return await CheckAsync("balance", async () =>
        {
            using var client = shared.Open(parsed);
            var balance = await client.GetBalanceAsync(cancellationToken);
            return string.Create(CultureInfo.InvariantCulture, $"{balance:0.00####} USD");
        });
        if (address.Host == Service)
        {
            yield return await CheckAsync("file host", async () =>
            {
                using var response = await HeadAsync(FileHost, cancellationToken);
                return $"{FileHost.Host} responds";
            });
        }

        yield return await CheckAsync("temporary folder", () => Task.FromResult(TemporaryFolder()));
        yield return await CheckAsync("journal", () => JournalAsync(cancellationToken));
    }

    private async Task<CheckResult> CheckAsync(string name, Func<Task<string>> check)
    {
        try
        {
            return new CheckResult(name, IsOk: true, await check());
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or TaskCanceledException { InnerException: TimeoutException })
        {
            return new CheckResult(name, IsOk: false, Reason(e));
        }
        catch (Exception e) when (e is not OperationCanceledException && Failure.From(e, new NextCommand(parsed)) is { } failure)
        {
            return new CheckResult(name, IsOk: false, failure.Message);
        }
    }

    // The messages of the platform can quote what a server sent.
    private static string Reason(Exception e) => e switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } or SocketException => "the name cannot be resolved; check the network, or set HTTPS_PROXY",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "TLS failed; set SSL_CERT_FILE to the certificates of your network, and check the clock",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the proxy refused; check HTTPS_PROXY and its password",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "the connection was refused; check the address and the firewall",
        TaskCanceledException => $"no response in {Timeout.TotalSeconds} s; check the firewall, or set HTTPS_PROXY",
        _ => "the response is not HTTP",
    };

    private static string AddressOf(Uri address)
    {
        using var client = new WanVideoClient(new WanVideoClientOptions { ApiKey = "checked-separately", BaseAddress = address });
        return address.GetLeftPart(UriPartial.Path);
    }

    private static Uri? Proxy(Uri address) => HttpClient.DefaultProxy.IsBypassed(address) ? null : HttpClient.DefaultProxy.GetProxy(address);

    private static async Task<string> ResolveAsync(Uri address, CancellationToken cancellationToken)
    {
        if (Proxy(address) is not null)
            return "left to the proxy";
        var found = await Dns.GetHostAddressesAsync(address.IdnHost, cancellationToken);
        return $"{address.IdnHost} has {found.Length} {(found.Length == 1 ? "address" : "addresses")}";
    }

    private async Task<HttpResponseMessage> HeadAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, address);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private string Clock(DateTimeOffset? date)
    {
        if (date is not { } served)
            return "not compared: the service sent no date";
        var skew = (time.GetUtcNow() - served).Duration();
        return skew <= MaxClockSkew
            ? "agrees with the service"
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"differs from the service by {skew.TotalSeconds:0} s; the limit is {MaxClockSkew.TotalSeconds:0} s. Set the clock"));
    }

    private static string TemporaryFolder()
    {
        var folder = Path.GetTempPath();
        try
        {
            using (File.Create(Path.Combine(folder, Path.GetRandomFileName()), 1, System.IO.FileOptions.DeleteOnClose))
                return $"{folder} can be written";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{folder} cannot be written; set {(OperatingSystem.IsWindows() ? "TMP" : "TMPDIR")} to another folder");
        }
    }

    private async Task<string> JournalAsync(CancellationToken cancellationToken)
    {
        if (shared.OpenJournal(parsed) is not { } journal)
            return "none (--no-journal)";
        var pending = await journal.ReadPendingAsync(cancellationToken);
        return pending.Count == 0 ? "nothing is pending" : $"{pending.Count} pending; run `wan27 resume`";
    }
}

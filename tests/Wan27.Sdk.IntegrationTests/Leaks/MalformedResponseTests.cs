using System.Collections;
using System.Text;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Leaks;

/// <summary>A malformed response repeats the key or the prompt. The message of the HTTP parser, which quotes it, must not be passed on.</summary>
public sealed class MalformedResponseTests
{
    private const string Key = "canary-of-the-key-0123456789";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Heads { get; } =
    [
        $"{Key}\r\n\r\n",
        $"HTTP/1.1 {Key}\r\n\r\n",
        $"HTTP/1.1 2{Key} OK\r\n\r\n",
        $"HTTP/1.1 200 OK\r\n{Key}\r\n\r\n",
        $"HTTP/1.1 200 OK\r\nX {Key}: y\r\n\r\n",
        $"HTTP/1.1 200 OK\r\nContent-Length: {Key}\r\n\r\n",
        $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{Key}\r\n",
        $"HTTP/1.1 200 {Key}\u0001\r\nX: \0{Key}\r\n\r\n",
    ];

    [Theory]
    [MemberData(nameof(Heads))]
    public async Task No_exception_of_a_read_or_a_submission_quotes_a_malformed_response(string head)
    {
        await using var server = new RawServer(_ => new RawReply(Encoding.Latin1.GetBytes(head)));
        using var client = new WanVideoClient(new WanVideoClientOptions
        {
            BaseAddress = server.Address,
            ApiKey = Key,
            LoggerFactory = WatchedLoggers.Instance,
            TimeProvider = new ShortClock(),
            ReconciliationTimeout = TimeSpan.Zero,
        });

        var read = await Assert.ThrowsAnyAsync<WanException>(() => client.GetAsync("gen-1", Cancellation));
        var submission = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => client.CreateAsync(Samples.Text(), Cancellation));

        Assert.All(Chain(read).Concat(Chain(submission)), text => Assert.DoesNotContain(Key, text, StringComparison.Ordinal));
        Assert.Single(server.Requests, request => request.Method == "POST");
    }

    private static IEnumerable<string> Chain(Exception error)
    {
        yield return error.ToString();
        for (var e = error; e is not null; e = e.InnerException)
        {
            yield return e.Message;
            foreach (DictionaryEntry entry in e.Data)
                yield return $"{entry.Key} {entry.Value}";
        }
    }
}

using System.Net;
using System.Text;

namespace Wan27.Sdk.Tests;

/// <summary>A request as the service received it.</summary>
public sealed record Received(HttpMethod Method, Uri Uri, string Headers, string? ContentType, long? ContentLength, DateTimeOffset At)
{
    public bool? ExpectContinue { get; init; }

    public byte[] Body { get; set; } = [];

    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>One line of a service's script: a response, or a fault in place of one.</summary>
public sealed class TestResponse(Func<HttpRequestMessage, Received, Task<HttpResponseMessage>> give)
{
    private readonly List<(string Name, string Value)> headers = [];

    public static TestResponse Json(string body, int status = 200) => Bytes(Encoding.UTF8.GetBytes(body), "application/json", status);

    public static TestResponse Status(int status, string body = "", string mediaType = "text/plain") => Bytes(Encoding.UTF8.GetBytes(body), mediaType, status);

    /// <summary>A generation's response in the documented shape.</summary>
    public static TestResponse Generation(string status, string id = "gen-1", string? url = null) => Json(
        $$"""{"id":"{{id}}","status":"{{status}}","video":{{(url is null ? "null" : $$"""{"url":"{{url}}"}""")}}}""");

    public static TestResponse Bytes(byte[] body, string mediaType = "application/json", int status = 200) => new(async (request, received) =>
    {
        received.Body = await TakeAsync(request.Content);
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(mediaType);
        return new HttpResponseMessage((HttpStatusCode)status) { Content = content };
    });

    /// <summary>A response that arrives only after something else has happened.</summary>
    public static TestResponse During(Func<Task> other, TestResponse response) => new(async (request, received) =>
    {
        await other();
        return await response.GiveAsync(request, received);
    });

    /// <summary>No response, and no byte of the body read.</summary>
    public static TestResponse Unreached(Exception fault) => new((_, _) => throw fault);

    /// <summary>A response before any byte of the body was read.</summary>
    public static TestResponse StatusBeforeBody(int status) => new((_, _) => Task.FromResult(new HttpResponseMessage((HttpStatusCode)status)));

    /// <summary>No response after part of the body was read.</summary>
    public static TestResponse CutAfter(int bytes) => new(async (request, _) =>
    {
        await request.Content!.CopyToAsync(new CutStream(bytes));
        throw new HttpRequestException(HttpRequestError.ResponseEnded);
    });

    /// <summary>No response after the complete body was read.</summary>
    public static TestResponse Lost(Exception fault) => new(async (request, received) =>
    {
        received.Body = await TakeAsync(request.Content);
        throw fault;
    });

    public TestResponse With(string name, string value)
    {
        headers.Add((name, value));
        return this;
    }

    public async Task<HttpResponseMessage> GiveAsync(HttpRequestMessage request, Received received)
    {
        var response = await give(request, received);
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    // Reads like a socket, without leaving a copy in the content.
    private static async Task<byte[]> TakeAsync(HttpContent? content)
    {
        using var body = new MemoryStream();
        if (content is not null)
            await content.CopyToAsync(body);
        return body.ToArray();
    }

    private sealed class CutStream(int left) : MemoryStream
    {
        private int left = left;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            (left -= buffer.Length) < 0 ? throw new IOException("The connection was reset.") : ValueTask.CompletedTask;
    }
}

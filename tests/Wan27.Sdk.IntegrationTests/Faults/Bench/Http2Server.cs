using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Wan27.Sdk.IntegrationTests.Faults.Bench;

/// <summary>The service and the file host over HTTP/2, frame by frame, so that a test can break each rule of it. Works correctly otherwise.</summary>
internal sealed class Http2Server : IAsyncDisposable
{
    public const string Authority = "localhost";

    private readonly ConnectionListener listener;
    private readonly ConcurrentQueue<Http2Exchange> exchanges = new();
    private readonly Func<X509Certificate2>? certificate;

    /// <param name="certificate">Gets the certificate of the next connection; null for no TLS.</param>
    public Http2Server(Func<X509Certificate2>? certificate = null)
    {
        this.certificate = certificate;
        listener = new ConnectionListener(ServeAsync);
    }

    public Uri Address => new($"{(certificate is null ? "http" : "https")}://{Authority}:{listener.Port}/");

    public int Connections => listener.Connections;

    public IReadOnlyList<Http2Exchange> Exchanges => [.. exchanges];

    public IEnumerable<Http2Exchange> Submissions => exchanges.Where(exchange => exchange.IsSubmission);

    /// <summary>The paid requests whose body arrived completely, up to the end of its JSON.</summary>
    public int CompleteSubmissions => Submissions.Count(exchange => exchange.HasWholeBody);

    /// <summary>Whether the log names the generation.</summary>
    public bool KeepsLog { get; set; } = true;

    /// <summary>Whether the window of each stream grows as it is read; that of the connection always does.</summary>
    public bool GrantsWindow { get; set; } = true;

    /// <summary>Responds to the paid request as soon as its headers arrived; null to read its body and accept it.</summary>
    public Func<Http2Exchange, Task>? OnSubmission { get; set; }

    /// <summary>Responds to a request for a video; null to send it.</summary>
    public Func<Http2Exchange, Task>? OnVideo { get; set; }

    /// <summary>Responds to a read of a generation; null to send it.</summary>
    public Func<Http2Exchange, Task>? OnRead { get; set; }

    public string Completed =>
        $$$"""{"id":"{{{FaultFixture.GenerationId}}}","status":"completed","video":{"url":"{{{Address}}}video/1.mp4?signature={{{HostileServer.Signature}}}"},"error":null}""";

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            using var _ = socket;
            socket.NoDelay = true;
            Stream stream = new NetworkStream(socket);
            if (certificate is not null)
            {
                var secure = new SslStream(stream);
                var options = new SslServerAuthenticationOptions { ServerCertificate = certificate(), ApplicationProtocols = [SslApplicationProtocol.Http2] };
                await secure.AuthenticateAsServerAsync(options, listener.Stopping);
                stream = secure;
            }

            await stream.ReadExactlyAsync(new byte[24], listener.Stopping);
            await ServeAsync(new Http2Connection(stream, socket, listener.Stopping));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or AuthenticationException or ObjectDisposedException)
        {
            // The client closed the connection, or the server stops.
        }
    }

    private async Task ServeAsync(Http2Connection connection)
    {
        var open = new ConcurrentDictionary<int, Http2Exchange>();
        try
        {
            await connection.SendAsync(Http2Frame.Settings, 0, 0, default);
            while (true)
            {
                var (type, flags, stream, payload) = await connection.ReadAsync();
                if (type == Http2Frame.Settings && (flags & 1) == 0)
                    await connection.SendAsync(Http2Frame.Settings, 1, 0, default);
                else if (type == Http2Frame.Ping && (flags & 1) == 0)
                    await connection.SendAsync(Http2Frame.Ping, 1, 0, payload);
                else if (type == Http2Frame.Headers)
                    Begin(open[stream] = new Http2Exchange(connection, stream, Encoding.Latin1.GetString(payload)), (flags & 1) != 0);
                else if (type == Http2Frame.Data && open.TryGetValue(stream, out var exchange))
                    await TakeAsync(exchange, payload, (flags & 1) != 0);
                else if (type == Http2Frame.Reset && open.TryGetValue(stream, out var canceled))
                    canceled.End(isComplete: false);
            }
        }
        finally
        {
            foreach (var exchange in open.Values)
                exchange.End(isComplete: false);
        }
    }

    private void Begin(Http2Exchange exchange, bool isEnd)
    {
        exchanges.Enqueue(exchange);
        if (isEnd)
            exchange.End(isComplete: true);
        _ = Task.Run(() => RespondAsync(exchange), CancellationToken.None);
    }

    private async Task TakeAsync(Http2Exchange exchange, byte[] data, bool isEnd)
    {
        exchange.Take(data, isEnd);
        if (data.Length == 0)
            return;
        var increment = Http2Frame.Int(data.Length);
        await exchange.Connection.SendAsync(Http2Frame.WindowUpdate, 0, 0, increment);
        if (GrantsWindow)
            await exchange.Connection.SendAsync(Http2Frame.WindowUpdate, 0, exchange.Id, increment);
    }

    private async Task RespondAsync(Http2Exchange exchange)
    {
        try
        {
            var respond = exchange.IsSubmission ? OnSubmission : exchange.IsVideo ? OnVideo : exchange.IsRead ? OnRead : null;
            await (respond ?? InOrderAsync)(exchange);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client closed the connection, or the server stops.
        }
    }

    private async Task InOrderAsync(Http2Exchange exchange)
    {
        if (exchange.IsSubmission)
        {
            if (await exchange.ReadBodyAsync())
                await exchange.AcceptAsync();
        }
        else if (exchange.IsVideo)
        {
            await exchange.SendVideoAsync();
        }
        else if (exchange.IsRead)
        {
            await exchange.RespondAsync(200, Completed);
        }
        else
        {
            var row = KeepsLog ? $$"""{"client_request_id":"order-1","inference_id":"{{FaultFixture.GenerationId}}"}""" : "";
            await exchange.RespondAsync(200, $$$"""{"data":[{{{row}}}],"pagination":{"has_more":false}}""");
        }
    }
}

/// <summary>The types of frames, and the pieces of their payloads.</summary>
internal static class Http2Frame
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Reset = 3;
    public const byte Settings = 4;
    public const byte PushPromise = 5;
    public const byte Ping = 6;
    public const byte GoAway = 7;
    public const byte WindowUpdate = 8;
    public const byte Continuation = 9;

    public static byte[] Int(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Of(byte type, byte flags, int stream, ReadOnlySpan<byte> payload) =>
        [.. Int(payload.Length).AsSpan(1), type, flags, .. Int(stream), .. payload];

    /// <summary>A header block without compression.</summary>
    public static byte[] Block(IEnumerable<(string Name, string Value)> headers) =>
        [.. headers.SelectMany(header => (byte[])[0, .. Text(header.Name), .. Text(header.Value)])];

    private static byte[] Text(string text)
    {
        var length = new List<byte>();
        var rest = text.Length;
        if (rest < 127)
        {
            length.Add((byte)rest);
        }
        else
        {
            length.Add(127);
            for (rest -= 127; rest >= 128; rest /= 128)
                length.Add((byte)((rest % 128) + 128));
            length.Add((byte)rest);
        }

        return [.. length, .. Encoding.Latin1.GetBytes(text)];
    }
}

/// <summary>One connection, whose frames are written one at a time.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds no handle.")]
internal sealed class Http2Connection(Stream stream, Socket socket, CancellationToken stopping)
{
    private readonly SemaphoreSlim writing = new(1, 1);

    public CancellationToken Stopping => stopping;

    public Task SendAsync(byte type, byte flags, int id, ReadOnlyMemory<byte> payload) => SendRawAsync(Http2Frame.Of(type, flags, id, payload.Span));

    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes)
    {
        await writing.WaitAsync(stopping);
        try
        {
            await stream.WriteAsync(bytes, stopping);
            await stream.FlushAsync(stopping);
        }
        finally
        {
            writing.Release();
        }
    }

    public async Task<(byte Type, byte Flags, int Stream, byte[] Payload)> ReadAsync()
    {
        var head = new byte[9];
        await stream.ReadExactlyAsync(head, stopping);
        var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
        await stream.ReadExactlyAsync(payload, stopping);
        return (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) & int.MaxValue, payload);
    }

    /// <summary>Ends the connection, with FIN or with RST.</summary>
    public void Close(bool isReset)
    {
        if (isReset)
            socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }
}

/// <summary>One request, and what a server can do with it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds no handle.")]
internal sealed class Http2Exchange(Http2Connection connection, int id, string head)
{
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;

    private readonly TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim arrivals = new(0);
    private byte last;
    private int length;

    public Http2Connection Connection => connection;

    public int Id => id;

    // The client compresses neither the path nor the values of its own headers.
    public bool IsSubmission => head[0] == 0x83;

    public bool IsVideo => head.Contains("/video/1.mp4", StringComparison.Ordinal);

    public bool IsRead => head.Contains("/v2/video/generations?", StringComparison.Ordinal);

    public bool HasKey => head.Contains(FaultFixture.Key, StringComparison.Ordinal);

    public bool WaitsToBeAsked => head.Contains("100-continue", StringComparison.Ordinal);

    public int Length => Volatile.Read(ref length);

    /// <summary>Whether the service could accept what arrived, whether or not the stream was ended.</summary>
    public bool HasWholeBody => ended.Task is { IsCompletedSuccessfully: true, Result: true } || (Length > 0 && Volatile.Read(ref last) == '}');

    public void Take(ReadOnlySpan<byte> data, bool isEnd)
    {
        if (data.Length > 0)
            Volatile.Write(ref last, data[^1]);
        _ = Interlocked.Add(ref length, data.Length);
        if (isEnd)
            End(isComplete: true);
        _ = arrivals.Release();
    }

    public void End(bool isComplete)
    {
        _ = ended.TrySetResult(isComplete);
        _ = arrivals.Release();
    }

    /// <summary>Reads the body to its end; false if the client gave it up.</summary>
    public Task<bool> ReadBodyAsync() => ended.Task;

    /// <summary>Reads until a part of the body has arrived.</summary>
    public async Task ReadAtLeastAsync(int bytes)
    {
        while (Length < bytes && !ended.Task.IsCompleted)
            await arrivals.WaitAsync(connection.Stopping);
    }

    public Task HeadersAsync(int status, bool isEnd = false, params (string Name, string Value)[] headers) =>
        BlockAsync(Http2Frame.Block([(":status", status.ToString(CultureInfo.InvariantCulture)), .. headers]), isEnd);

    /// <summary>A complete header block, in as many frames as it takes.</summary>
    public async Task BlockAsync(byte[] block, bool isEnd)
    {
        const int Largest = 16_000;
        var flags = isEnd ? EndStream : (byte)0;
        for (var at = 0; at == 0 || at < block.Length; at += Largest)
        {
            var isLast = at + Largest >= block.Length;
            var type = at == 0 ? Http2Frame.Headers : Http2Frame.Continuation;
            var piece = block.AsMemory(at, Math.Min(Largest, block.Length - at));
            await connection.SendAsync(type, (byte)((at == 0 ? flags : 0) | (isLast ? EndHeaders : 0)), id, piece);
        }
    }

    public Task DataAsync(string text, bool isEnd = false) => DataAsync(Encoding.UTF8.GetBytes(text), isEnd);

    public async Task DataAsync(ReadOnlyMemory<byte> data, bool isEnd = false)
    {
        const int Largest = 16_000;
        for (var at = 0; at == 0 || at < data.Length; at += Largest)
        {
            var isLast = at + Largest >= data.Length;
            await connection.SendAsync(Http2Frame.Data, isLast && isEnd ? EndStream : (byte)0, id, data.Slice(at, Math.Min(Largest, data.Length - at)));
        }
    }

    public Task ResetAsync(int code) => connection.SendAsync(Http2Frame.Reset, 0, id, Http2Frame.Int(code));

    public Task GoAwayAsync(int lastStream, int code, string debug = "") =>
        connection.SendAsync(Http2Frame.GoAway, 0, 0, (byte[])[.. Http2Frame.Int(lastStream), .. Http2Frame.Int(code), .. Encoding.Latin1.GetBytes(debug)]);

    public async Task RespondAsync(int status, string json, params (string Name, string Value)[] headers)
    {
        await HeadersAsync(status, isEnd: false, [("content-type", "application/json"), .. headers]);
        await DataAsync(json, isEnd: true);
    }

    public static string Created => $$"""{"id":"{{FaultFixture.GenerationId}}","status":"queued","video":null,"error":null}""";

    public static (string Name, string Value)[] CreatedHeaders => [("x-inference-id", FaultFixture.GenerationId), ("x-client-request-id", "order-1")];

    public Task AcceptAsync() => RespondAsync(201, Created, CreatedHeaders);

    /// <summary>The video from the position that was asked for.</summary>
    public async Task SendVideoAsync(int? breakAt = null)
    {
        var from = head.Split("bytes=") is [_, var range, ..] ? int.Parse(range.Split('-')[0], CultureInfo.InvariantCulture) : 0;
        (string, string)[] part = from > 0 ? [("content-range", $"bytes {from}-{HostileServer.Video.Length - 1}/{HostileServer.Video.Length}")] : [];
        await HeadersAsync(from > 0 ? 206 : 200, isEnd: false, [("etag", HostileServer.Tag), ("content-length", $"{HostileServer.Video.Length - from}"), .. part]);
        var to = breakAt is { } end && end > from ? end : HostileServer.Video.Length;
        await DataAsync(HostileServer.Video.AsMemory(from, to - from), isEnd: to == HostileServer.Video.Length);
    }
}

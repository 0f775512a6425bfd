using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Wan27.Sdk.TestSupport;

/// <summary>A host of one video over sockets, with a strong tag and ranges; responses can be cut after some bytes, by FIN or by RST.</summary>
internal sealed class VideoFileServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<(int After, bool IsReset, Action Then)> cuts = new();
    private long sent;

    public VideoFileServer(byte[] video)
    {
        Video = video;
        listener.Start();
        _ = AcceptAsync();
    }

    public byte[] Video { get; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public ConcurrentQueue<string> Heads { get; } = new();

    /// <summary>The number of bytes of the video that were sent, including those that were lost.</summary>
    public long Sent => Volatile.Read(ref sent);

    /// <summary>The offsets from which the video was requested, in order.</summary>
    public IEnumerable<int> Starts => Heads.Select(Start);

    /// <summary>Ends the response after these bytes of the video.</summary>
    public void CutAfter(int bytes, bool isReset = false, Action? then = null) => cuts.Enqueue((bytes, isReset, then ?? (() => { })));

    public void Dispose() => listener.Stop();

    private static int Start(string head) =>
        head.IndexOf("Range: bytes=", StringComparison.Ordinal) is >= 0 and var at
            ? int.Parse(head.AsSpan(at + 13, head.AsSpan(at + 13).IndexOf('-')), CultureInfo.InvariantCulture)
            : 0;

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The server has stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            using var _ = socket;
            while (await HeadAsync(socket) is { } head)
            {
                Heads.Enqueue(head);
                if (!await RespondAsync(socket, Start(head)))
                    return;
            }
        }
        catch (SocketException)
        {
            // The client has closed the connection.
        }
    }

    private static async Task<string?> HeadAsync(Socket socket)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer) is > 0 and var read)
        {
            head.Append(Encoding.ASCII.GetString(buffer, 0, read));
            if (head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
                return head.ToString()[..^4];
        }

        return null;
    }

    private async Task<bool> RespondAsync(Socket socket, int start)
    {
        var isEnd = start >= Video.Length;
        var status = isEnd ? "416 Range Not Satisfiable" : start > 0 ? "206 Partial Content" : "200 OK";
        var range = isEnd ? $"Content-Range: bytes */{Video.Length}\r\n" : start > 0 ? $"Content-Range: bytes {start}-{Video.Length - 1}/{Video.Length}\r\n" : "";
        await socket.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nETag: \"v1\"\r\nContent-Length: {Video.Length - start}\r\n{range}\r\n"));
        var isCut = cuts.TryDequeue(out var cut);
        var rest = Video.AsMemory(start);
        var part = isCut ? rest[..Math.Min(cut.After, rest.Length)] : rest;
        await socket.SendAsync(part);
        Interlocked.Add(ref sent, part.Length);
        if (!isCut)
            return true;
        cut.Then();
        if (cut.IsReset)
            socket.LingerState = new LingerOption(true, 0);
        else
            socket.Shutdown(SocketShutdown.Send);
        return false;
    }
}

using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Wan27.Sdk.TestSupport.Measuring;

/// <summary>
/// A minimal server for measurements: blocking sockets, a thread for each connection, buffers created once. It allocates nothing while
/// it serves, so that all allocations of the process are the client's.
/// </summary>
internal sealed class LoopbackServer : IDisposable
{
    private static readonly byte[] Accepted = Respond("201 Created", """{"id":"bench-0000000000000001","status":"queued","video":null,"error":null,"meta":{"usage":{"credits_used":1300000,"usd_spent":0.65}}}""");
    private static readonly byte[] Pending = Respond("200 OK", """{"id":"bench-0000000000000001","status":"generating","video":null,"error":null,"meta":null}""");

    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private long bytesReceived;
    private int connections;
    private int requests;

    /// <param name="window">The number of bytes that may be unread; null: the limit of the operating system, which is megabytes on loopback.</param>
    public LoopbackServer(int? window = null)
    {
        if (window is { } size)
            listener.ReceiveBufferSize = size;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Start(Accept);
    }

    public Uri BaseAddress => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}/");

    /// <summary>Bytes of bodies received since the start.</summary>
    public long BytesReceived => Interlocked.Read(ref bytesReceived);

    /// <summary>Connections accepted since the start.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>The requests read since the start; a request is counted before its response is sent.</summary>
    public int Requests => Volatile.Read(ref requests);

    /// <summary>The address of a video of that many bytes; a slow one arrives in packets that are never available at once.</summary>
    public Uri Video(long length, bool isSlow = false) => new(BaseAddress, $"{(isSlow ? "slow" : "fast")}/{length}");

    public void Dispose() => listener.Dispose();

    private static void Start(Action work) => new Thread(() => work()) { IsBackground = true }.Start();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = listener.Accept();
                Interlocked.Increment(ref connections);
                Start(() => Serve(socket));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private void Serve(Socket socket)
    {
        using var _ = socket;
        // Small enough that the memory of 16 connections is mostly the client's.
        var buffer = new byte[128 * 1024];
        try
        {
            while (ServeOne(socket, buffer))
            {
            }
        }
        catch (SocketException)
        {
        }
    }

    private bool ServeOne(Socket socket, byte[] buffer)
    {
        var (filled, end) = (0, -1);
        while (end < 0)
        {
            var read = socket.Receive(buffer, filled, buffer.Length - filled, SocketFlags.None);
            if (read == 0)
                return false;
            filled += read;
            end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        }

        var head = buffer.AsSpan(0, end);
        if (head.StartsWith("GET /fast/"u8) || head.StartsWith("GET /slow/"u8))
        {
            Interlocked.Increment(ref requests);
            TestVideo.Send(socket, Number(head["GET /fast/"u8.Length..]), isSlow: head.StartsWith("GET /slow"u8));
        }
        else
        {
            var response = head.StartsWith("POST"u8) ? Accepted : Pending;
            SkipBody(socket, buffer, end + 4, filled, ContentLength(head));
            Interlocked.Increment(ref requests);
            for (var sent = 0; sent < response.Length;)
                sent += socket.Send(response, sent, response.Length - sent, SocketFlags.None);
        }

        return true;
    }

    // A body without a length is chunked: it ends with the five bytes of the last chunk.
    private void SkipBody(Socket socket, byte[] buffer, int head, int filled, long? length)
    {
        const int Tail = 5;
        long received = filled - head;
        while (length is { } known ? received < known : !buffer.AsSpan(head, filled - head).EndsWith("0\r\n\r\n"u8))
        {
            var kept = Math.Min(Tail, filled - head);
            buffer.AsSpan(filled - kept, kept).CopyTo(buffer);
            var read = socket.Receive(buffer, kept, buffer.Length - kept, SocketFlags.None);
            if (read == 0)
                return;
            received += read;
            (head, filled) = (0, kept + read);
        }

        Interlocked.Add(ref bytesReceived, received);
    }

    private static long? ContentLength(ReadOnlySpan<byte> head)
    {
        if (head.IndexOf("Transfer-Encoding: chunked"u8) >= 0)
            return null;
        var at = head.IndexOf("Content-Length: "u8);
        return at < 0 ? 0 : Number(head[(at + "Content-Length: "u8.Length)..]);
    }

    private static long Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out long number, out _) ? number : 0;

    private static byte[] Respond(string status, string json) =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}");
}

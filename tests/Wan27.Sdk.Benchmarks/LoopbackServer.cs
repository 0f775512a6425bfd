using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Wan27.Sdk.Benchmarks;

/// <summary>
/// The least server that can be measured against: blocking sockets, a thread for each connection, buffers made once. It allocates nothing while
/// it serves, so that what the process allocates is the client's.
/// </summary>
internal sealed class LoopbackServer : IDisposable
{
    private static readonly byte[] Accepted = Answer("201 Created", """{"id":"bench-0000000000000001","status":"queued","video":null,"error":null,"meta":{"usage":{"credits_used":1300000,"usd_spent":0.65}}}""");
    private static readonly byte[] Pending = Answer("200 OK", """{"id":"bench-0000000000000001","status":"generating","video":null,"error":null,"meta":null}""");

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly byte[] film;
    private long bytesReceived;
    private int connections;
    private int answers;

    /// <param name="filmLength">The length of the film under <c>/film.mp4</c>, in bytes.</param>
    public LoopbackServer(int filmLength = 0)
    {
        film = FilmOf(filmLength);
        listener.Start();
        Start(Accept);
    }

    public Uri BaseAddress => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    public Uri Film => new(BaseAddress, "film.mp4");

    /// <summary>Bytes of bodies received since the start.</summary>
    public long BytesReceived => Interlocked.Read(ref bytesReceived);

    /// <summary>Connections accepted since the start.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>Requests answered since the start.</summary>
    public int Answers => Volatile.Read(ref answers);

    public void Dispose() => listener.Stop();

    private static void Start(Action work) => new Thread(() => work()) { IsBackground = true }.Start();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = listener.AcceptSocket();
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
        var buffer = new byte[1024 * 1024];
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
        var answer = head.StartsWith("POST"u8) ? Accepted : head.StartsWith("GET /film"u8) ? film : Pending;
        SkipBody(socket, buffer, end + 4, filled, ContentLength(head));
        for (var sent = 0; sent < answer.Length;)
            sent += socket.Send(answer, sent, answer.Length - sent, SocketFlags.None);
        Interlocked.Increment(ref answers);
        return true;
    }

    // A body without a length is chunked: it is over where its last five bytes are those of the last chunk.
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
        if (at < 0)
            return 0;
        var digits = head[(at + "Content-Length: "u8.Length)..];
        var length = 0L;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                break;
            length = (length * 10) + (digit - '0');
        }

        return length;
    }

    private static byte[] Answer(string status, string json) =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}");

    /// <summary>The boxes of a film, the last of them as long as it takes.</summary>
    private static byte[] FilmOf(int length)
    {
        var body = new byte[Math.Max(length, 32)];
        Box(body, 0, 16, "ftyp");
        Box(body, 16, 8, "moov");
        Box(body, 24, body.Length - 24, "mdat");
        return [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nETag: \"film\"\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
    }

    private static void Box(byte[] film, int at, int length, string type)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(film.AsSpan(at), length);
        Encoding.ASCII.GetBytes(type, film.AsSpan(at + 4));
    }
}

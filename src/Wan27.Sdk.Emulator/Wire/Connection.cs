using System.Net.Sockets;

namespace Wan27.Sdk.Emulator.Wire;

/// <summary>
/// The way out of one connection. It writes to the socket itself, past the server's own buffers, so that an answer can be
/// cut at an exact byte and everything before that byte is known to be on the wire.
/// </summary>
internal sealed class Connection(Socket socket, int port, TimeProvider timeProvider, CancellationToken ended) : Stream
{
    private readonly NetworkStream wire = new(socket, ownsSocket: false);
    private Cut? cut;
    private int? bytesPerSecond;
    private long sent;
    private volatile bool isOver;

    /// <summary>The loopback port that it came in by.</summary>
    public int Port => port;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Says how the next bytes go out; they are counted from here.</summary>
    public void Prepare(Cut? cutAt, int? pace) => (cut, bytesPerSecond, sent) = (cutAt, pace, 0);

    /// <summary>Ends the connection, at once.</summary>
    /// <param name="abruptly">Whether by RST, and not by FIN.</param>
    public void End(bool abruptly)
    {
        isOver = true;
        try
        {
            if (!abruptly)
            {
                socket.Shutdown(SocketShutdown.Send);
                return;
            }

            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The peer was faster.
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty && !isOver)
        {
            var room = cut is null ? buffer.Length : (int)Math.Min(buffer.Length, cut.Offset - sent);
            var step = Math.Min(room, bytesPerSecond ?? room);
            await SendAsync(buffer[..step], cancellationToken).ConfigureAwait(false);
            buffer = buffer[step..];

            if (cut is not null && sent == cut.Offset)
                await PerformAsync(cut, cancellationToken).ConfigureAwait(false);
            else if (bytesPerSecond is not null)
                await PauseAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            wire.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await wire.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            sent += bytes.Length;
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            isOver = true;
        }
    }

    private async ValueTask PerformAsync(Cut due, CancellationToken cancellationToken)
    {
        cut = null;
        await SendAsync(due.LastWords, cancellationToken).ConfigureAwait(false);
        if (due.Kind == CutKind.Stall)
            await PauseAsync(due.Duration).ConfigureAwait(false);
        else
            End(abruptly: due.Kind == CutKind.Reset);
    }

    private async ValueTask PauseAsync(TimeSpan duration)
    {
        try
        {
            await Task.Delay(duration, timeProvider, ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            isOver = true;
        }
    }
}

using System.Net.Sockets;

namespace Wan27.Sdk.Emulator.Http;

/// <summary>
/// The output of one connection. It writes to the socket directly and bypasses the buffers of the server, so that a response
/// can be interrupted at an exact byte after everything before that byte was sent.
/// </summary>
internal sealed class ConnectionStream(Socket socket, int port, TimeProvider timeProvider, CancellationToken ended) : Stream
{
    private readonly NetworkStream output = new(socket, ownsSocket: false);
    private Interruption? interruption;
    private int? bytesPerSecond;
    private long sent;
    private volatile bool isEnded;

    /// <summary>Gets the loopback port on which the connection was accepted.</summary>
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

    /// <summary>Sets the faults of the next bytes, and restarts the byte count at zero.</summary>
    public void Prepare(Interruption? nextInterruption, int? nextBytesPerSecond) =>
        (interruption, bytesPerSecond, sent) = (nextInterruption, nextBytesPerSecond, 0);

    /// <summary>Ends the connection immediately.</summary>
    /// <param name="abruptly">True to send RST, false to send FIN.</param>
    public void End(bool abruptly)
    {
        isEnded = true;
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
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The client closed the connection first.
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty && !isEnded)
        {
            var allowed = interruption is null ? buffer.Length : (int)Math.Min(buffer.Length, interruption.Offset - sent);
            var count = Math.Min(allowed, bytesPerSecond ?? allowed);
            await SendAsync(buffer[..count], cancellationToken).ConfigureAwait(false);
            buffer = buffer[count..];

            if (interruption is not null && sent == interruption.Offset)
                await InterruptAsync(interruption, cancellationToken).ConfigureAwait(false);
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
            output.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await output.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            sent += bytes.Length;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            isEnded = true;
        }
    }

    private async ValueTask InterruptAsync(Interruption due, CancellationToken cancellationToken)
    {
        interruption = null;
        await SendAsync(due.FinalBytes, cancellationToken).ConfigureAwait(false);
        if (due.Kind == InterruptionKind.Stall)
            await PauseAsync(due.Duration).ConfigureAwait(false);
        else
            End(abruptly: due.Kind == InterruptionKind.Reset);
    }

    private async ValueTask PauseAsync(TimeSpan duration)
    {
        try
        {
            await Task.Delay(duration, timeProvider, ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            isEnded = true;
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Wan27.Sdk.IntegrationTests.Faults.Bench;

/// <summary>Tracks how much of each connection a client has read, and when it requests more.</summary>
internal sealed class WatchedReads
{
    private readonly ConcurrentDictionary<int, WatchedStream> connections = new();

    /// <summary>Watches a plain connection; a TLS connection is not watched.</summary>
    public Stream Watch(Stream connection) => connection is NetworkStream { Socket.LocalEndPoint: IPEndPoint local }
        ? connections[local.Port] = new WatchedStream(connection)
        : connection;

    /// <summary>Completes when the client has read that many bytes and waits for the next.</summary>
    public Task WantsMoreAsync(int port, long than, CancellationToken cancellationToken) =>
        connections[port].WantsMoreThan(than).WaitAsync(cancellationToken);

    private sealed class WatchedStream(Stream inner) : Stream
    {
        private readonly object gate = new();
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long target = long.MaxValue;
        private long done;
        private bool isReading;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public Task WantsMoreThan(long bytes)
        {
            Change(() => target = bytes);
            return reached.Task;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Change(() => isReading = true);
            var read = await inner.ReadAsync(buffer, cancellationToken);
            Change(() => (isReading, done) = (false, done + read));
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Flush() => inner.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }

        private void Change(Action change)
        {
            lock (gate)
            {
                change();
                if (isReading && done >= target)
                    reached.TrySetResult();
            }
        }
    }
}

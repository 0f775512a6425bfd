using System.Buffers;
using System.Buffers.Binary;

namespace Wan27.Sdk.Media;

/// <summary>Reads numbers from the header of a file, from any place; a place beyond the file's end is a fault of the file.</summary>
internal sealed class HeaderReader(MediaReader media) : IDisposable
{
    private const int WindowLength = 1024;

    // Most headers are in the first of these, and a hostile one cannot make a read of every byte.
    private readonly byte[] window = ArrayPool<byte>.Shared.Rent(WindowLength);
    private long windowBegins;
    private int windowFilled;

    public long Length => media.Length;

    /// <exception cref="InvalidDataException">The file ends before that.</exception>
    public byte Byte(long offset)
    {
        Span<byte> one = stackalloc byte[1];
        Fill(one, offset);
        return one[0];
    }

    /// <inheritdoc cref="Byte"/>
    public void Fill(Span<byte> buffer, long offset)
    {
        if (offset < 0 || offset > Length - buffer.Length)
            throw IncompleteFile.Because("it ends within its header");
        if (offset < windowBegins || offset + buffer.Length > windowBegins + windowFilled)
            MoveWindow(offset, buffer.Length);
        window.AsSpan((int)(offset - windowBegins), buffer.Length).CopyTo(buffer);
    }

    /// <summary>Fills a buffer that may be larger than the window.</summary>
    /// <inheritdoc cref="Byte"/>
    public void FillBlock(Span<byte> buffer, long offset)
    {
        for (var filled = 0; filled < buffer.Length;)
        {
            var read = media.Read(buffer[filled..], offset + filled);
            if (read == 0)
                throw IncompleteFile.Because("it ends within its header");
            filled += read;
        }
    }

    /// <inheritdoc cref="Byte"/>
    public bool Has(ReadOnlySpan<byte> expected, long offset)
    {
        Span<byte> found = stackalloc byte[expected.Length];
        Fill(found, offset);
        return found.SequenceEqual(expected);
    }

    /// <inheritdoc cref="Byte"/>
    public ushort UInt16(long offset, bool isLittleEndian)
    {
        Span<byte> two = stackalloc byte[2];
        Fill(two, offset);
        return isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(two) : BinaryPrimitives.ReadUInt16BigEndian(two);
    }

    /// <inheritdoc cref="Byte"/>
    public uint UInt32(long offset, bool isLittleEndian)
    {
        Span<byte> four = stackalloc byte[4];
        Fill(four, offset);
        return isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(four) : BinaryPrimitives.ReadUInt32BigEndian(four);
    }

    /// <inheritdoc cref="Byte"/>
    public ulong UInt64(long offset, bool isLittleEndian)
    {
        Span<byte> eight = stackalloc byte[8];
        Fill(eight, offset);
        return isLittleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(eight) : BinaryPrimitives.ReadUInt64BigEndian(eight);
    }

    /// <summary>Returns where the next of some bytes is; the end of the search if none is.</summary>
    public long IndexOfAny(SearchValues<byte> values, long offset, long end)
    {
        end = Math.Min(end, Length);
        while (offset < end)
        {
            if (offset < windowBegins || offset >= windowBegins + windowFilled)
                MoveWindow(offset, 1);
            var found = window.AsSpan((int)(offset - windowBegins), (int)(windowBegins + windowFilled - offset)).IndexOfAny(values);
            if (found >= 0)
                return Math.Min(offset + found, end);
            offset = windowBegins + windowFilled;
        }

        return end;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(window);

    private void MoveWindow(long offset, int needed)
    {
        (windowBegins, windowFilled) = (offset, 0);
        while (windowFilled < needed)
        {
            var read = media.Read(window.AsSpan(windowFilled), offset + windowFilled);
            if (read == 0)
                throw IncompleteFile.Because("it ends within its header");
            windowFilled += read;
        }
    }
}

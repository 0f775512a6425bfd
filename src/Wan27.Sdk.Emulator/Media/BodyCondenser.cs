using System.Buffers;
using System.Globalization;
using System.Text;

namespace Wan27.Sdk.Emulator.Media;

/// <summary>
/// Reads JSON as it arrives and replaces every <c>data:…;base64,…</c> string by a short placeholder, so that a picture of
/// many megabytes is checked and hashed without ever being held.
/// </summary>
internal sealed class BodyCondenser : IDisposable
{
    /// <summary>What may be left once the media are out. No prompt comes near it.</summary>
    public const int Limit = 4 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> text = new();
    private readonly Dictionary<string, InlineMedia> media = new(StringComparer.Ordinal);
    private readonly byte[] escape = new byte[6];
    private State state = State.Outside;
    private int stringStart;
    private int escapeLength;
    private Base64Sink? sink;
    private string mimeType = "";

    private enum State
    {
        Outside,
        StringStart,
        String,
        EscapeInString,
        Media,
        EscapeInMedia,
    }

    /// <summary>Whether more than <see cref="Limit"/> was left; the rest was counted but not kept.</summary>
    public bool IsTooLarge { get; private set; }

    public ReadOnlyMemory<byte> Text => text.WrittenMemory;

    /// <summary>The media taken out, by their placeholder.</summary>
    public IReadOnlyDictionary<string, InlineMedia> Media => media;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !IsTooLarge)
        {
            bytes = bytes[Step(bytes)..];
            IsTooLarge = text.WrittenCount > Limit;
        }
    }

    public void Dispose() => sink?.Dispose();

    private int Step(ReadOnlySpan<byte> bytes) => state switch
    {
        State.Outside => Copy(bytes, "\""u8, _ => BeginString()),
        State.StringStart => Copy(bytes, "\"\\,"u8, InStringStart),
        State.String => Copy(bytes, "\"\\"u8, InString),
        State.EscapeInString => CopyEscaped(bytes[0]),
        State.Media => Decode(bytes),
        _ => CollectEscape(bytes[0]),
    };

    private int Copy(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> stops, Action<byte> stopped)
    {
        var stop = bytes.IndexOfAny(stops);
        var count = stop < 0 ? bytes.Length : stop + 1;
        text.Write(bytes[..count]);
        if (stop >= 0)
            stopped(bytes[stop]);
        return count;
    }

    private void BeginString()
    {
        state = State.StringStart;
        stringStart = text.WrittenCount;
    }

    private void InStringStart(byte stop)
    {
        if (stop != ',')
            InString(stop);
        else
            state = TryBeginMedia() ? State.Media : State.String;
    }

    private void InString(byte stop) => state = stop == '"' ? State.Outside : State.EscapeInString;

    private int CopyEscaped(byte escaped)
    {
        text.Write([escaped]);
        state = text.WrittenCount - stringStart < 256 ? State.StringStart : State.String;
        return 1;
    }

    private bool TryBeginMedia()
    {
        var prefix = text.WrittenSpan[stringStart..];
        if (!prefix.StartsWith("data:"u8) || !prefix.EndsWith(";base64,"u8))
            return false;

        mimeType = Encoding.UTF8.GetString(prefix["data:".Length..^";base64,".Length]).Replace("\\", "", StringComparison.Ordinal);
        sink = new Base64Sink();
        return true;
    }

    private int Decode(ReadOnlySpan<byte> bytes)
    {
        var stop = bytes.IndexOfAny("\"\\"u8);
        sink!.Append(stop < 0 ? bytes : bytes[..stop]);
        if (stop < 0)
            return bytes.Length;

        if (bytes[stop] == '"')
            EndMedia();
        else
            (state, escapeLength) = (State.EscapeInMedia, 0);
        return stop + 1;
    }

    // JSON writers escape '+' as \u002B and '/' as \/ when they mean to be safe in HTML.
    private int CollectEscape(byte character)
    {
        escape[escapeLength++] = character;
        if (escape[0] == 'u' && escapeLength < 5)
            return 1;

        var known = escape[0] == 'u'
            ? ushort.TryParse(escape.AsSpan(1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code)
            : (code = escape[0]) == '/';
        sink!.Append([known && code < 128 ? (byte)code : (byte)'!']);
        state = State.Media;
        return 1;
    }

    private void EndMedia()
    {
        var found = sink!.Complete(mimeType);
        sink.Dispose();
        sink = null;
        media[found.Placeholder] = found;

        Rewind(stringStart);
        text.Write(Encoding.UTF8.GetBytes(found.Placeholder));
        text.Write("\""u8);
        state = State.Outside;
    }

    private void Rewind(int length)
    {
        var kept = text.WrittenSpan[..length].ToArray();
        text.ResetWrittenCount();
        text.Write(kept);
    }
}

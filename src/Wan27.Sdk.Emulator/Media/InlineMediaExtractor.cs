using System.Buffers;
using System.Globalization;
using System.Text;

namespace Wan27.Sdk.Emulator.Media;

/// <summary>
/// Reads JSON incrementally and replaces each <c>data:…;base64,…</c> string with a short placeholder, so that an image of many
/// megabytes is validated and hashed without being buffered.
/// </summary>
internal sealed class InlineMediaExtractor : IDisposable
{
    /// <summary>The maximum size of the body without its media, in bytes.</summary>
    public const int Limit = 4 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> text = new();
    private readonly Dictionary<string, InlineMedia> media = new(StringComparer.Ordinal);
    private readonly byte[] escape = new byte[6];
    private State state = State.Outside;
    private int stringStart;
    private int escapeLength;
    private InlineMediaDecoder? decoder;
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

    /// <summary>Gets a value indicating whether the body without its media exceeds <see cref="Limit"/>.</summary>
    public bool IsTooLarge { get; private set; }

    public ReadOnlyMemory<byte> Text => text.WrittenMemory;

    /// <summary>Gets the media by placeholder.</summary>
    public IReadOnlyDictionary<string, InlineMedia> Media => media;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !IsTooLarge)
        {
            bytes = bytes[Step(bytes)..];
            IsTooLarge = text.WrittenCount > Limit;
        }
    }

    public void Dispose() => decoder?.Dispose();

    private int Step(ReadOnlySpan<byte> bytes) => state switch
    {
        State.Outside => Copy(bytes, "\""u8, _ => StartString()),
        State.StringStart => Copy(bytes, "\"\\,"u8, ContinueStringStart),
        State.String => Copy(bytes, "\"\\"u8, ContinueString),
        State.EscapeInString => CopyEscaped(bytes[0]),
        State.Media => Decode(bytes),
        _ => CollectEscape(bytes[0]),
    };

    private int Copy(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> stops, Action<byte> onStop)
    {
        var stop = bytes.IndexOfAny(stops);
        var count = stop < 0 ? bytes.Length : stop + 1;
        text.Write(bytes[..count]);
        if (stop >= 0)
            onStop(bytes[stop]);
        return count;
    }

    private void StartString()
    {
        state = State.StringStart;
        stringStart = text.WrittenCount;
    }

    private void ContinueStringStart(byte stop)
    {
        if (stop != ',')
            ContinueString(stop);
        else
            state = TryStartMedia() ? State.Media : State.String;
    }

    private void ContinueString(byte stop) => state = stop == '"' ? State.Outside : State.EscapeInString;

    private int CopyEscaped(byte escaped)
    {
        text.Write([escaped]);
        state = text.WrittenCount - stringStart < 256 ? State.StringStart : State.String;
        return 1;
    }

    private bool TryStartMedia()
    {
        var prefix = text.WrittenSpan[stringStart..];
        if (!prefix.StartsWith("data:"u8) || !prefix.EndsWith(";base64,"u8))
            return false;

        var escaped = Encoding.UTF8.GetString(prefix["data:".Length..^";base64,".Length]);
        mimeType = escaped.Replace("\\", "", StringComparison.Ordinal);
        decoder = new InlineMediaDecoder();
        return true;
    }

    private int Decode(ReadOnlySpan<byte> bytes)
    {
        var stop = bytes.IndexOfAny("\"\\"u8);
        decoder!.Append(stop < 0 ? bytes : bytes[..stop]);
        if (stop < 0)
            return bytes.Length;

        if (bytes[stop] == '"')
            EndMedia();
        else
            (state, escapeLength) = (State.EscapeInMedia, 0);
        return stop + 1;
    }

    // JSON writers can escape '+' as \u002B and '/' as \/, which is safe in HTML.
    private int CollectEscape(byte character)
    {
        escape[escapeLength++] = character;
        if (escape[0] == 'u' && escapeLength < 5)
            return 1;

        var isKnown = escape[0] == 'u'
            ? ushort.TryParse(escape.AsSpan(1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code)
            : (code = escape[0]) == '/';
        decoder!.Append([isKnown && code < 128 ? (byte)code : (byte)'!']);
        state = State.Media;
        return 1;
    }

    private void EndMedia()
    {
        var inlineMedia = decoder!.Complete(mimeType);
        decoder.Dispose();
        decoder = null;
        media[inlineMedia.Placeholder] = inlineMedia;

        Truncate(stringStart);
        text.Write(Encoding.UTF8.GetBytes(inlineMedia.Placeholder));
        text.Write("\""u8);
        state = State.Outside;
    }

    private void Truncate(int length)
    {
        var kept = text.WrittenSpan[..length].ToArray();
        text.ResetWrittenCount();
        text.Write(kept);
    }
}

namespace Wan27.Sdk.Media;

/// <summary>Reads the duration of an MP4 or MOV file from its movie box and its fragments, and finds files that were cut off or have no video.</summary>
internal sealed class Mp4Header(HeaderReader file)
{
    private const int BoxHeaderLength = 8;

    /// <summary>Real files have some hundred boxes; the limit bounds the time for a hostile one.</summary>
    private const int MaxBoxes = 100_000;

    private readonly List<Mp4Track> tracks = [];
    private double movieSeconds;
    private double fragmentedSeconds;
    private uint timescale;
    private int boxes;

    /// <exception cref="InvalidDataException">The file is incomplete, or has no video.</exception>
    public TimeSpan Duration()
    {
        var hasData = false;
        foreach (var box in Boxes(0, file.Length))
        {
            hasData |= box.Type == "mdat";
            if (box.Type == "moov")
                ReadMovie(box);
            else if (box.Type == "moof")
                ReadFragment(box);
        }

        if (timescale == 0)
            throw IncompleteFile.Because("it has no movie box, which describes its content");
        if (!tracks.Exists(track => track.IsVideo))
            throw new InvalidDataException("has no video, only audio or other tracks");
        if (!hasData)
            throw IncompleteFile.Because("its movie box has no data behind it");
        var seconds = Math.Max(fragmentedSeconds, tracks.Exists(track => track.IsFragmented) ? FragmentSeconds() : movieSeconds);
        return seconds > 0 ? MediaDuration.FromSeconds(seconds) : throw IncompleteFile.Because("its movie box has no duration");
    }

    // With edit lists, the movie's duration is that of what is shown, and those of its tracks are not.
    private void ReadMovie(Box movie)
    {
        foreach (var box in Boxes(movie.Content, movie.End))
        {
            if (box.Type == "mvhd")
                (timescale, movieSeconds) = (Timescale(box), Seconds(box));
            else if (box.Type == "trak")
                tracks.Add(ReadTrack(box));
            else if (box.Type == "mvex")
                ReadFragmentDefaults(box);
        }

        if (movieSeconds == 0)
            movieSeconds = tracks.Select(track => track.Seconds).DefaultIfEmpty().Max();
    }

    private Mp4Track ReadTrack(Box parent)
    {
        var track = new Mp4Track();
        foreach (var box in Boxes(parent.Content, parent.End))
        {
            if (box.Type == "tkhd")
                track.Id = file.UInt32(box.Content + (IsLong(box) ? 20 : 12), isLittleEndian: false);
            if (box.Type != "mdia")
                continue;
            foreach (var inner in Boxes(box.Content, box.End))
            {
                if (inner.Type == "mdhd")
                    (track.Timescale, track.Seconds) = (Timescale(inner), Seconds(inner));
                else if (inner.Type == "hdlr")
                    track.IsVideo |= file.Has("vide"u8, inner.Content + 8);
            }
        }

        return track;
    }

    private void ReadFragmentDefaults(Box parent)
    {
        foreach (var box in Boxes(parent.Content, parent.End))
        {
            if (box.Type == "mehd" && timescale > 0)
                fragmentedSeconds = UInt(box.Content + 4, IsLong(box)) / (double)timescale;
            else if (box.Type == "trex" && Track(file.UInt32(box.Content + 4, isLittleEndian: false)) is { } track)
                track.DefaultSampleDuration = file.UInt32(box.Content + 12, isLittleEndian: false);
        }
    }

    private void ReadFragment(Box parent)
    {
        foreach (var box in Boxes(parent.Content, parent.End).Where(box => box.Type == "traf"))
        {
            var (track, defaultDuration) = ((Mp4Track?)null, 0U);
            foreach (var inner in Boxes(box.Content, box.End))
            {
                if (inner.Type == "tfhd")
                    (track, defaultDuration) = ReadFragmentHeader(inner);
                else if (inner.Type == "tfdt")
                    track?.BeginFragment(UInt(inner.Content + 4, IsLong(inner)));
                else if (inner.Type == "trun")
                    track?.Append(RunUnits(inner, defaultDuration));
            }
        }
    }

    private (Mp4Track? Track, uint DefaultDuration) ReadFragmentHeader(Box header)
    {
        var flags = Flags(header);
        var track = Track(file.UInt32(header.Content + 4, isLittleEndian: false));
        var offset = header.Content + 8 + ((flags & 1) != 0 ? 8 : 0) + ((flags & 2) != 0 ? 4 : 0);
        return (track, (flags & 8) != 0 ? file.UInt32(offset, isLittleEndian: false) : track?.DefaultSampleDuration ?? 0);
    }

    private ulong RunUnits(Box run, uint defaultDuration)
    {
        var flags = Flags(run);
        var count = file.UInt32(run.Content + 4, isLittleEndian: false);
        if ((flags & 0x100) == 0)
            return (ulong)count * defaultDuration;
        var offset = run.Content + 8 + ((flags & 1) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 4 : 0);
        var sampleLength = 4 * uint.PopCount(flags & 0xF00);
        var units = 0UL;
        for (var i = 0U; i < count && offset + 4 <= run.End; i++, offset += sampleLength)
            units += file.UInt32(offset, isLittleEndian: false);
        return units;
    }

    // The first of several segments can begin late: what counts is from the first sample to the last.
    private double FragmentSeconds()
    {
        var fragmented = tracks.Where(track => track is { IsFragmented: true, Timescale: > 0 }).ToList();
        return fragmented.Count == 0 ? 0 : fragmented.Max(track => track.FragmentEnd) - fragmented.Min(track => track.FragmentBegin);
    }

    private Mp4Track? Track(uint id) => tracks.Find(track => track.Id == id);

    private bool IsLong(Box box) => file.Byte(box.Content) == 1;

    private uint Flags(Box box) => file.UInt32(box.Content, isLittleEndian: false) & 0xFF_FFFF;

    // A box of version 1 has times of 64 bits, also those of creation and modification before the time scale.
    private uint Timescale(Box box) => file.UInt32(box.Content + (IsLong(box) ? 20 : 12), isLittleEndian: false);

    // All bits set means that the duration is unknown.
    private double Seconds(Box box)
    {
        var units = UInt(box.Content + (IsLong(box) ? 24 : 16), IsLong(box));
        return units == (IsLong(box) ? ulong.MaxValue : uint.MaxValue) || Timescale(box) == 0 ? 0 : units / (double)Timescale(box);
    }

    private ulong UInt(long offset, bool isLong) => isLong ? file.UInt64(offset, isLittleEndian: false) : file.UInt32(offset, isLittleEndian: false);

    // A length of 1 means that 64 bits follow the type, and 0 that the box goes to the end of the file.
    private IEnumerable<Box> Boxes(long from, long end)
    {
        for (var offset = from; offset + BoxHeaderLength <= end;)
        {
            var length = (ulong)file.UInt32(offset, isLittleEndian: false);
            var type = file.UInt32(offset + 4, isLittleEndian: false);
            // Behind the last box, some files have zeros or bytes of another program.
            if (Name(type) is not { } name)
                yield break;
            var isLong = length == 1 && offset + (2 * BoxHeaderLength) <= end;
            var content = offset + (isLong ? 2 * BoxHeaderLength : BoxHeaderLength);
            if (isLong)
                length = file.UInt64(offset + BoxHeaderLength, isLittleEndian: false);
            else if (length == 0)
                length = (ulong)(end - offset);
            if (length < (ulong)(content - offset))
                throw new InvalidDataException($"is damaged: its box '{name}' has a length of {length}");
            if (length > (ulong)(end - offset))
                throw IncompleteFile.Because($"its box '{name}' has {end - offset} of {length} bytes");
            if (++boxes > MaxBoxes)
                throw new InvalidDataException($"has more than {MaxBoxes} boxes");
            yield return new Box(name, content, offset + (long)length);
            offset += (long)length;
        }
    }

    private static string? Name(uint type)
    {
        Span<char> name = [(char)(type >> 24), (char)(type >> 16 & 0xFF), (char)(type >> 8 & 0xFF), (char)(type & 0xFF)];
        // The types of Apple's text boxes begin with a copyright sign.
        return name[1..].ContainsAnyExceptInRange(' ', '~') || name[0] is not ((>= ' ' and <= '~') or '\u00A9') ? null : new string(name);
    }

    private readonly record struct Box(string Type, long Content, long End);
}

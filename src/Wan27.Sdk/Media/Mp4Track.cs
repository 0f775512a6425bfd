namespace Wan27.Sdk.Media;

/// <summary>One track of an MP4 file, with where its fragments begin and end.</summary>
internal sealed class Mp4Track
{
    private ulong? begin;
    private ulong end;

    public uint Id { get; set; }

    public bool IsVideo { get; set; }

    /// <summary>Gets or sets the number of units in a second.</summary>
    public uint Timescale { get; set; }

    /// <summary>Gets or sets the duration of what the movie box describes; fragments follow it.</summary>
    public double Seconds { get; set; }

    public uint DefaultSampleDuration { get; set; }

    public bool IsFragmented { get; private set; }

    public double FragmentBegin => (begin ?? 0) / (double)Timescale;

    public double FragmentEnd => end / (double)Timescale;

    /// <summary>Sets where the next samples begin.</summary>
    public void BeginFragment(ulong units)
    {
        begin ??= Seconds > 0 ? 0 : units;
        end = Math.Max(end, units);
    }

    public void Append(ulong units)
    {
        if (begin is null)
            (begin, end) = (0, (ulong)(Seconds * Timescale));
        IsFragmented = true;
        end += units;
    }
}

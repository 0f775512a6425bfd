namespace Wan27.Sdk.Submission;

/// <summary>
/// Where the lines of finished submissions are, by a hash of their ids: 12 bytes for each place, of which at most three quarters are used. A reader
/// compares the id in the line.
/// </summary>
internal sealed class OffsetTable
{
    private const int InitialSize = 16;

    // An offset is stored with 1 added, so that 0 is a free place.
    private uint[] hashes = new uint[InitialSize];
    private long[] offsets = new long[InitialSize];

    public int Count { get; private set; }

    public void Clear() => (hashes, offsets, Count) = (new uint[InitialSize], new long[InitialSize], 0);

    /// <summary>Returns the offset of an id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="isOf">Returns whether the line at an offset has the id.</param>
    public long? Find(string id, Func<long, bool> isOf) => offsets[PlaceOf(Hash(id), isOf)] is > 0 and var stored ? stored - 1 : null;

    /// <summary>Returns whether an id may be at exactly this offset.</summary>
    public bool Has(string id, long offset) => offsets[PlaceOf(Hash(id), stored => stored == offset)] == offset + 1;

    /// <summary>Sets the offset of an id.</summary>
    /// <inheritdoc cref="Find"/>
    public void Set(string id, long offset, Func<long, bool> isOf)
    {
        if (Count + 1 > hashes.Length / 4 * 3)
            Grow();
        var hash = Hash(id);
        var place = PlaceOf(hash, isOf);
        Count += offsets[place] == 0 ? 1 : 0;
        (hashes[place], offsets[place]) = (hash, offset + 1);
    }

    private int PlaceOf(uint hash, Func<long, bool> isOf)
    {
        var mask = (uint)hashes.Length - 1;
        var place = hash & mask;
        while (offsets[place] is > 0 and var stored && !(hashes[place] == hash && isOf(stored - 1)))
            place = (place + 1) & mask;
        return (int)place;
    }

    private void Grow()
    {
        var (oldHashes, oldOffsets) = (hashes, offsets);
        (hashes, offsets) = (new uint[oldHashes.Length * 2], new long[oldHashes.Length * 2]);
        for (var i = 0; i < oldOffsets.Length; i++)
        {
            if (oldOffsets[i] == 0)
                continue;
            var place = PlaceOf(oldHashes[i], _ => false);
            (hashes[place], offsets[place]) = (oldHashes[i], oldOffsets[i]);
        }
    }

    // FNV-1a with a final mix. It is the same in each run, so that a slow file is slow for everyone who opens it.
    private static uint Hash(string id)
    {
        var hash = 2166136261u;
        foreach (var c in id)
            hash = (hash ^ c) * 16777619u;
        hash = (hash ^ (hash >> 16)) * 2246822507u;
        return hash ^ (hash >> 13);
    }
}

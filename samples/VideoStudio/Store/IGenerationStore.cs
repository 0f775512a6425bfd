namespace VideoStudio.Store;

/// <summary>Stores the records of the studio. Every change reaches the <see cref="GenerationFeed"/> of every instance.</summary>
internal interface IGenerationStore
{
    /// <summary>Adds a record; returns false without a change if the id exists.</summary>
    Task<bool> TryAddAsync(Generation generation, CancellationToken cancellationToken);

    Task<Generation?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Returns the newest records, newest first.</summary>
    Task<IReadOnlyList<Generation>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the version that the caller has read and returns the new one; null if another caller was faster.</summary>
    Task<Generation?> TryUpdateAsync(Generation generation, CancellationToken cancellationToken);

    /// <summary>Returns the ids of unfinished records that were due before a time, each to one caller: they become due now.</summary>
    Task<IReadOnlyList<string>> TakeOverdueAsync(DateTimeOffset dueBefore, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Throws if the store is not available.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}

namespace VideoStudio.Store;

/// <summary>The records of the studio. Every change of one reaches the <see cref="GenerationFeed"/> of every instance.</summary>
internal interface IGenerationStore
{
    /// <summary>Adds a record; false when there is one under this id, and then nothing was written.</summary>
    Task<bool> TryAddAsync(Generation generation, CancellationToken cancellationToken);

    Task<Generation?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The newest records, newest first.</summary>
    Task<IReadOnlyList<Generation>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the version that the caller has read, and returns the new one; null when another caller was quicker.</summary>
    Task<Generation?> TryUpdateAsync(Generation generation, CancellationToken cancellationToken);

    /// <summary>The unfinished records that were due before a time, each told once: they are made due now, so that nobody else takes them soon.</summary>
    Task<IReadOnlyList<string>> TakeOverdueAsync(DateTimeOffset dueBefore, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Throws when the store cannot be used.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}

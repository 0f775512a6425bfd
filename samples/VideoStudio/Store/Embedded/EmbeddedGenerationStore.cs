using System.Text.Json;

namespace VideoStudio.Store.Embedded;

/// <summary>Stores the records of a single instance in memory, and each in a separate file that is replaced atomically.</summary>
internal sealed class EmbeddedGenerationStore : IGenerationStore
{
    private readonly Lock sync = new();
    private readonly Dictionary<string, Generation> records;
    private readonly DataFolder folder;
    private readonly GenerationFeed feed;

    public EmbeddedGenerationStore(DataFolder folder, GenerationFeed feed)
    {
        (this.folder, this.feed) = (folder, feed);

        // The process that held them and its queue are gone, so that each is overdue.
        records = Directory.EnumerateFiles(folder.Records, "*.json")
            .Select(path => JsonSerializer.Deserialize<Generation>(File.ReadAllBytes(path), GenerationJson.Options)! with { DueAt = DateTimeOffset.MinValue })
            .ToDictionary(record => record.Id);
    }

    public Task<bool> TryAddAsync(Generation generation, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            if (records.ContainsKey(generation.Id))
                return Task.FromResult(false);
            Save(generation);
            return Task.FromResult(true);
        }
    }

    public Task<Generation?> FindAsync(string id, CancellationToken cancellationToken)
    {
        lock (sync)
            return Task.FromResult(records.GetValueOrDefault(id));
    }

    public Task<IReadOnlyList<Generation>> ListAsync(CancellationToken cancellationToken)
    {
        lock (sync)
            return Task.FromResult<IReadOnlyList<Generation>>([.. records.Values.OrderByDescending(record => record.CreatedAt).Take(StoreLimits.Listed)]);
    }

    public Task<Generation?> TryUpdateAsync(Generation generation, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            if (records[generation.Id].Version != generation.Version)
                return Task.FromResult<Generation?>(null);
            var next = generation with { Version = generation.Version + 1 };
            Save(next);
            return Task.FromResult<Generation?>(next);
        }
    }

    public Task<IReadOnlyList<string>> TakeOverdueAsync(DateTimeOffset dueBefore, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            List<Generation> overdue = [.. records.Values.Where(record => !record.IsOver && record.DueAt <= dueBefore)];
            foreach (var record in overdue)
                records[record.Id] = record with { DueAt = now };
            return Task.FromResult<IReadOnlyList<string>>([.. overdue.Select(record => record.Id)]);
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) => Directory.Exists(folder.Records)
        ? Task.CompletedTask
        : throw new DirectoryNotFoundException($"'{folder.Records}' does not exist.");

    private void Save(Generation generation)
    {
        // A claim is neither stored nor published: the next process and the page do not need it.
        var isClaim = records.TryGetValue(generation.Id, out var known) && known == generation with { Version = known.Version, DueAt = known.DueAt };
        records[generation.Id] = generation;
        if (isClaim)
            return;

        var path = Path.Combine(folder.Records, generation.Id + ".json");
        using (var file = File.Create(path + ".new"))
        {
            JsonSerializer.Serialize(file, generation, GenerationJson.Options);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + ".new", path, overwrite: true);
        feed.Publish(generation);
    }
}

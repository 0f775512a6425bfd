using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace VideoStudio.Store;

/// <summary>The database: the generations, and the SDK's submissions beside them.</summary>
internal sealed class StudioContext(DbContextOptions<StudioContext> options, TimeProvider time) : DbContext(options)
{
    /// <summary>The largest number of generations that a page shows.</summary>
    private const int MaxListed = 1_000;

    public DbSet<Generation> Generations => Set<Generation>();

    /// <summary>Reads the newest generations that were changed after a time, newest first.</summary>
    public Task<List<Generation>> ListAsync(DateTimeOffset since, CancellationToken cancellationToken) => Generations
        .AsNoTracking()
        .Where(generation => generation.ChangedAt > since)
        .OrderByDescending(generation => generation.CreatedAt)
        .Take(MaxListed)
        .ToListAsync(cancellationToken);

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries<Generation>().Where(entry => entry.State is EntityState.Added or EntityState.Modified))
        {
            entry.Entity.Version++;
            entry.Entity.ChangedAt = time.GetUtcNow();
            entry.Entity.FinishedAt ??= entry.Entity.IsOver ? entry.Entity.ChangedAt : null;
        }

        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    // Numbers and strings, which SQLite and PostgreSQL compare and sort alike.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<DateTimeOffsetToBinaryConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddWanSubmissions();
        modelBuilder.Entity<Generation>(generation =>
        {
            generation.Property(row => row.Version).IsConcurrencyToken();
            generation.HasIndex(row => row.CreatedAt);
            generation.HasIndex(row => row.ChangedAt);
        });
    }
}

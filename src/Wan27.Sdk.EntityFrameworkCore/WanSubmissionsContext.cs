using Microsoft.EntityFrameworkCore;

namespace Wan27.Sdk;

/// <summary>A context with the tables of the submission journal alone, for an application that has no context of its own for them.</summary>
/// <param name="options">The database.</param>
public class WanSubmissionsContext(DbContextOptions<WanSubmissionsContext> options) : DbContext(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddWanSubmissions().AddWanJobs();
}

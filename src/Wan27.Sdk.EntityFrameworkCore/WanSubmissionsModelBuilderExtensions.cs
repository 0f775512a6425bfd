using Microsoft.EntityFrameworkCore;
using Wan27.Sdk.Storage;

namespace Wan27.Sdk;

/// <summary>Adds the tables of the submission journal to a model.</summary>
public static class WanSubmissionsModelBuilderExtensions
{
    /// <summary>Adds the tables <c>WanSubmissions</c>, <c>WanSpending</c> and <c>WanGate</c> to a model, whose migrations then create them.</summary>
    /// <param name="modelBuilder">The builder, in <c>OnModelCreating</c>.</param>
    /// <param name="schema">The schema of the tables, for example one for each environment; null for the default schema. SQLite has none.</param>
    /// <returns>The builder.</returns>
    public static ModelBuilder AddWanSubmissions(this ModelBuilder modelBuilder, string? schema = null)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<SubmissionRow>(row =>
        {
            row.ToTable("WanSubmissions", schema);
            row.HasKey(one => one.ClientRequestId);
            row.Property(one => one.ClientRequestId).HasMaxLength(128);
            row.Property(one => one.Fingerprint).HasMaxLength(64);
            row.Property(one => one.Model).HasMaxLength(256);
            row.Property(one => one.GenerationId).HasMaxLength(256);
            row.Property(one => one.Account).HasMaxLength(256);
            row.Property(one => one.Budget).HasMaxLength(256);
            row.Property(one => one.BeginId).HasMaxLength(32);
            row.HasIndex(one => one.GenerationId);
            row.HasIndex(one => new { one.State, one.Account, one.StartedAt });
        });
        modelBuilder.Entity<SpendingRow>(row =>
        {
            row.ToTable("WanSpending", schema);
            row.HasKey(one => new { one.Budget, one.Day });
            row.Property(one => one.Budget).HasMaxLength(256);
        });
        modelBuilder.Entity<GateRow>(row =>
        {
            row.ToTable("WanGate", schema);
            row.Property(one => one.Id).ValueGeneratedNever();
            row.Property(one => one.LastCall).HasMaxLength(32);
            row.HasData(new GateRow { Id = GateRow.OnlyId });
        });
        return modelBuilder;
    }

    /// <summary>Adds the table <c>WanJobs</c> to a model, which the jobs of the package Wan27.Sdk.Hosting need.</summary>
    /// <param name="modelBuilder">The builder, to which <see cref="AddWanSubmissions"/> adds the other tables.</param>
    /// <param name="schema">The schema of the table, as of the others; null for the default schema.</param>
    /// <returns>The builder.</returns>
    public static ModelBuilder AddWanJobs(this ModelBuilder modelBuilder, string? schema = null)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<JobRow>(row =>
        {
            row.ToTable("WanJobs", schema);
            row.HasKey(one => one.ClientRequestId);
            row.Property(one => one.ClientRequestId).HasMaxLength(128);
            row.Property(one => one.Account).HasMaxLength(256);
            row.Property(one => one.Owner).HasMaxLength(64);
            row.HasIndex(one => new { one.Account, one.DueAt });
        });
        return modelBuilder;
    }
}

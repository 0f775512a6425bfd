using System.CommandLine;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Copies the journal file to a database, as `Wan27.Sdk.EntityFrameworkCore` uses it. Copying again continues.</summary>
internal sealed class JournalCommand : Command
{
    private const string PostgresVariable = "WAN27_POSTGRESQL";

    private readonly Option<string?> sqlite = new Option<string?>("--sqlite") { Description = "The file of an SQLite database.", HelpName = "file" }.NotEmpty();

    private readonly Option<bool> postgres = new("--postgresql")
    {
        Description = $"A PostgreSQL database. Its connection string is read from {PostgresVariable}.",
    };

    public JournalCommand(Terminal terminal, SharedOptions shared)
        : base("journal", "Use the journal of submissions.")
    {
        var copy = new Command("copy", "Copy the journal file to a database. Stop what uses the file before.") { sqlite, postgres };
        copy.SetAction(async (parsed, cancellationToken) =>
        {
            var file = shared.OpenJournal(parsed) ?? throw new UsageException("--no-journal leaves nothing to copy.");
            await using var services = Services(Database(parsed));
            try
            {
                var copied = await JournalCopy.RunAsync(file, services.GetRequiredService<ISubmissionJournal>(), cancellationToken);
                terminal.Out.WriteLine(parsed.GetValue(shared.Json)
                    ? Report.Json(copied)
                    : $"Copied {copied.Copied} submissions; {copied.Known} were in the database.");
                return (int)ExitCode.Done;
            }
            catch (Exception e) when ((e as DbException ?? e.InnerException as DbException) is { } fault)
            {
                throw new IOException($"The database cannot be used: {fault.Message.TrimEnd('.')}. What was copied is kept; run the command again.", fault);
            }
        });
        Add(copy);
    }

    private static ServiceProvider Services(Action<DbContextOptionsBuilder> database)
    {
        var services = new ServiceCollection();
        services.AddWanVideoClient(_ => { }).AddEntityFrameworkJournal(database);
        return services.BuildServiceProvider();
    }

    private Action<DbContextOptionsBuilder> Database(ParseResult parsed)
    {
        var path = parsed.GetValue(sqlite);
        if (path is null != parsed.GetValue(postgres))
            throw new UsageException("Give either --sqlite or --postgresql.");
        return path is null ? Postgres : options => options.UseSqlite(new DbConnectionStringBuilder { ["Data Source"] = path }.ConnectionString);
    }

    // Never from an argument, because other users of the machine can read arguments.
    private static void Postgres(DbContextOptionsBuilder options)
    {
        if (Environment.GetEnvironmentVariable(PostgresVariable) is not { Length: > 0 } connection)
            throw new UsageException($"Set {PostgresVariable} to the connection string of the database.");
        try
        {
            options.UseNpgsql(new DbConnectionStringBuilder { ConnectionString = connection }.ConnectionString);
        }
        catch (ArgumentException)
        {
            throw new UsageException($"{PostgresVariable} is not a connection string, such as Host=db;Database=studio;Username=studio.");
        }
    }
}

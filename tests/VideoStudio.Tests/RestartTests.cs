using Microsoft.Data.Sqlite;
using VideoStudio.Tests.Support;

namespace VideoStudio.Tests;

/// <summary>Tests that the next process continues the jobs of the last one, with SQLite.</summary>
public sealed class RestartTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_continues_after_its_process_ended_and_is_bought_once(bool isKilled)
    {
        Assert.SkipWhen(!isKilled && OperatingSystem.IsWindows(), "SIGTERM cannot be sent to another process there.");
        var prompt = $"A slow video, {isKilled}.";
        fixture.Emulator.Script(
            submission => submission.Body.Contains(prompt, StringComparison.Ordinal), EmulatorScript.TakeFor(TimeSpan.Zero, TimeSpan.FromSeconds(4)));
        var id = await fixture.Client.GenerateAsync("image", ("prompt", prompt));
        await fixture.Client.WaitForStateAsync(id, "generating");
        await (isKilled ? fixture.Studio.KillAsync() : fixture.Studio.StopAsync());
        await fixture.RestartAsync();

        // The session of the page is still valid.
        var view = await fixture.Client.WaitForStateAsync(id, "done");
        Assert.Single(fixture.Emulator.Ledger.Submissions, submission => submission.ClientRequestId == id);
        using var video = await fixture.Client.Http.GetAsync(view.GetProperty("videoUrl").GetString(), TestContext.Current.CancellationToken);
        Assert.True(video.IsSuccessStatusCode);
        await fixture.Client.WaitForStateAsync(await fixture.Client.GenerateAsync(), "done");
    }

    [Fact]
    public async Task A_studio_starts_after_one_that_was_killed_during_a_migration()
    {
        await fixture.Studio.KillAsync();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(fixture.Settings["Studio:Data"], "studio.db")};Pooling=false"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText =
                """
                CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-05-04 03:02:01');
                """;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await fixture.RestartAsync();

        await fixture.Client.WaitForStateAsync(await fixture.Client.GenerateAsync(), "done");
    }
}

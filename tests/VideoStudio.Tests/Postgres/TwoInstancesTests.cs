using System.Text.Json;
using Npgsql;
using VideoStudio.Tests.Support;

namespace VideoStudio.Tests.Postgres;

public sealed class TwoInstancesTests(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Instances_that_start_at_once_share_an_empty_database()
    {
        PostgresCluster.Require();
        await using (var connection = new NpgsqlConnection(fixture.Cluster.ConnectionString))
        {
            await connection.OpenAsync(Cancellation);
            await using var create = new NpgsqlCommand("create database empty", connection);
            await create.ExecuteNonQueryAsync(Cancellation);
        }

        var data = Directory.CreateTempSubdirectory("studio-empty-");
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:Studio"] = new NpgsqlConnectionStringBuilder(fixture.Cluster.ConnectionString) { Database = "empty" }.ConnectionString,
            ["Studio:Data"] = data.FullName,
        };
        var instances = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StudioProcess.StartAsync(settings)));

        foreach (var instance in instances)
        {
            using var client = await StudioClient.ConnectAsync(instance.Address);
            await client.GetAsync(await client.GenerateAsync());
        }

        foreach (var instance in instances)
            await instance.DisposeAsync();
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task An_instance_sees_and_takes_over_the_job_of_another()
    {
        PostgresCluster.Require();
        await using var emulator = await WanEmulator.StartAsync(options => options.GeneratingFor = TimeSpan.FromSeconds(4), Cancellation);
        var data = Directory.CreateTempSubdirectory("studio-two-");
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:Studio"] = fixture.Cluster.ConnectionString,
            ["Studio:EmulatorAddress"] = emulator.BaseAddress.AbsoluteUri,
            ["Studio:Data"] = data.FullName,
        };
        await using var first = await StudioProcess.StartAsync(settings);
        await using var second = await StudioProcess.StartAsync(settings);
        using var poster = await StudioClient.ConnectAsync(first.Address);
        using var watcher = new HttpClient { BaseAddress = second.Address };
        using var events = new StreamReader(await watcher.GetStreamAsync("/api/events", Cancellation));

        var id = await poster.GenerateAsync("image");
        var states = new List<string>();
        while (!states.Contains("done"))
        {
            var line = await events.ReadLineAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(40), Cancellation);
            if (!line!.StartsWith("data: {", StringComparison.Ordinal))
                continue;
            var view = JsonElement.Parse(line[6..]);
            if (view.GetProperty("id").GetString() != id)
                continue;
            states.Add(view.GetProperty("state").GetString()!);
            if (states is [.., "generating"] && states.Count(state => state == "generating") == 1)
                await first.StopAsync();
        }

        Assert.Contains("generating", states);
        Assert.Single(emulator.Ledger.Submissions);
        Assert.Equal(1, emulator.Ledger.CompleteSubmissionBodies);

        using var video = await watcher.GetAsync($"/api/generations/{id}/video", Cancellation);
        Assert.True(video.IsSuccessStatusCode);
        data.Delete(recursive: true);
    }
}

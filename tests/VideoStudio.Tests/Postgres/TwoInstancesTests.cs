using System.Text.Json;
using VideoStudio.Tests.Support;

namespace VideoStudio.Tests.Postgres;

public sealed class TwoInstancesTests(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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

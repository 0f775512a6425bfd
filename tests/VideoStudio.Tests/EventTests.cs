using System.Text.Json;
using VideoStudio.Tests.Support;

namespace VideoStudio.Tests;

public sealed class EventTests
{
    private static readonly TimeSpan StateDuration = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_events_contain_existing_generations_and_then_each_state()
    {
        var data = Directory.CreateTempSubdirectory("studio-events-");
        await using var emulator = await WanEmulator.StartAsync(options => (options.QueuedFor, options.GeneratingFor) = (TimeSpan.Zero, StateDuration), Cancellation);
        await using var studio = await StudioProcess.StartAsync(new Dictionary<string, string>
        {
            ["Studio:Data"] = data.FullName,
            ["Studio:EmulatorAddress"] = emulator.BaseAddress.AbsoluteUri,
            ["Studio:Workers"] = "1",
        });
        using var client = await StudioClient.ConnectAsync(studio.Address);
        var existing = await client.GenerateAsync();
        await client.WaitForStateAsync(existing, "done");
        using var events = new StreamReader(await client.Http.GetStreamAsync("/api/events", Cancellation));

        // The only worker is busy with the first one, so that the second one is queued for a while.
        emulator.Faults.Add(EmulatorFault.StallAt(0, StateDuration).AfterAccepting().On(EmulatorOperations.Submit).Times(2));
        emulator.Faults.Add(EmulatorFault.StallAt(0, StateDuration).On(EmulatorOperations.File).Times(2));
        await client.GenerateAsync();
        var id = await client.GenerateAsync();
        var isExistingListed = false;
        var states = new List<string>();
        while (!states.Contains("done"))
        {
            var line = await events.ReadLineAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
            if (line?.StartsWith("data: {", StringComparison.Ordinal) is not true)
                continue;
            var view = JsonElement.Parse(line[6..]);
            Assert.False(view.TryGetProperty("serviceId", out _) || view.TryGetProperty("images", out _));
            isExistingListed |= view.GetProperty("id").GetString() == existing;
            if (view.GetProperty("id").GetString() == id)
                states.Add(view.GetProperty("state").GetString()!);
        }

        Assert.True(isExistingListed);
        Assert.Equal(["queued", "submitting", "generating", "fetching", "done"], states.Distinct());
        await studio.DisposeAsync();
        data.Delete(recursive: true);
    }
}

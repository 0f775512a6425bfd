using VideoStudio.Tests.Support;

namespace VideoStudio.Tests;

/// <summary>Over files, without a database: what a process held is taken up by the next one.</summary>
public sealed class RestartTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_goes_on_after_its_process_was_killed_or_stopped_and_is_bought_once(bool isKilled)
    {
        Assert.SkipWhen(!isKilled && OperatingSystem.IsWindows(), "SIGTERM cannot be sent to another process there.");
        var prompt = $"A slow film, {isKilled}.";
        fixture.Emulator.Script(
            task => task.Body.Contains(prompt, StringComparison.Ordinal), EmulatorScript.TakeFor(TimeSpan.Zero, TimeSpan.FromSeconds(4)));
        var id = await fixture.Client.GenerateAsync("image", ("prompt", prompt));
        await fixture.Client.ReachAsync(id, "generating");
        await (isKilled ? fixture.Studio.KillAsync() : fixture.Studio.StopAsync());
        await fixture.StartAgainAsync();

        // The same page goes on: its session is as good as before.
        var view = await fixture.Client.ReachAsync(id, "done");
        Assert.Single(fixture.Emulator.Ledger.Submissions, submission => submission.ClientRequestId == id);
        using var film = await fixture.Client.Http.GetAsync(view.GetProperty("videoUrl").GetString(), TestContext.Current.CancellationToken);
        Assert.True(film.IsSuccessStatusCode);
        await fixture.Client.ReachAsync(await fixture.Client.GenerateAsync(), "done");
    }
}

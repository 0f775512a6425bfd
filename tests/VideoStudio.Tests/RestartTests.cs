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
}

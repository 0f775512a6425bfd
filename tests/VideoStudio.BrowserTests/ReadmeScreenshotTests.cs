using static Microsoft.Playwright.Assertions;

namespace VideoStudio.BrowserTests;

/// <summary>Takes the screenshot of the page for the sample's README.</summary>
public sealed class ReadmeScreenshotTests(Chromium chromium)
    : BrowserTest(chromium, new() { ViewportSize = new() { Width = 1280, Height = 950 }, ReducedMotion = ReducedMotion.Reduce })
{
    private const int MaxBytes = 310_000;

    [Fact]
    public async Task The_screenshot_of_the_README_shows_a_video_and_a_running_generation()
    {
        const string First = "The lamp turns, and its beam sweeps slowly over a calm sea.";
        const string Second = "Evening: waves roll ashore below the lighthouse, and a boat comes home.";
        await Page.DropAsync(Paths.Lighthouse);
        await Page.Prompt.FillAsync(First);
        await Page.Submit.ClickAsync();
        await Page.ExpectAsync(First, "Generating");
        Finish();
        await Page.ExpectAsync(First, "Ready");
        await Page.Prompt.FillAsync(Second);
        await Page.Submit.ClickAsync();
        await Page.ExpectAsync(Second, "polled ");
        var video = Page.Generation(First).Locator("video");
        await Expect(video).ToHaveJSPropertyAsync("videoWidth", 1280);

        var screenshot = await Page.Browser.ScreenshotAsync();
        Assert.InRange(screenshot.Length, 1, MaxBytes);
        if (Environment.GetEnvironmentVariable("STUDIO_PORTRAIT") is { Length: > 0 } path)
            await File.WriteAllBytesAsync(path, screenshot, TestContext.Current.CancellationToken);
    }
}

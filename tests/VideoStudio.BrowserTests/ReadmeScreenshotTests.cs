using static Microsoft.Playwright.Assertions;

namespace VideoStudio.BrowserTests;

/// <summary>The picture of the page that the sample's README shows.</summary>
public sealed class PortraitTests(Chromium chromium)
    : BrowserTest(chromium, new() { ViewportSize = new() { Width = 1280, Height = 950 }, ReducedMotion = ReducedMotion.Reduce })
{
    private const int Largest = 300_000;

    [Fact]
    public async Task The_picture_of_the_README_shows_a_film_and_one_that_is_being_made()
    {
        const string First = "The lamp turns, and its beam sweeps slowly over a calm sea.";
        const string Second = "Evening: waves roll ashore below the lighthouse, and a boat comes home.";
        await Page.DropAsync(Places.Lighthouse);
        await Page.Prompt.FillAsync(First);
        await Page.Make.ClickAsync();
        await Page.ExpectAsync(First, "Being made");
        Finish();
        await Page.ExpectAsync(First, "Ready");
        await Page.Prompt.FillAsync(Second);
        await Page.Make.ClickAsync();
        await Page.ExpectAsync(Second, "asked ");
        var video = Page.Film(First).Locator("video");
        await Expect(video).ToHaveJSPropertyAsync("videoWidth", 1280);

        var picture = await Page.Browser.ScreenshotAsync();
        Assert.InRange(picture.Length, 1, Largest);
        if (Environment.GetEnvironmentVariable("STUDIO_PORTRAIT") is { Length: > 0 } path)
            await File.WriteAllBytesAsync(path, picture, TestContext.Current.CancellationToken);
    }
}

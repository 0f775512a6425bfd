using static Microsoft.Playwright.Assertions;

namespace VideoStudio.BrowserTests;

/// <summary>Tests the page on a narrow phone.</summary>
public sealed class PhoneTests(Chromium chromium)
    : BrowserTest(chromium, new() { ViewportSize = new() { Width = 320, Height = 640 }, DeviceScaleFactor = 2, HasTouch = true, IsMobile = true })
{
    [Fact]
    public async Task The_page_fits_the_width_of_a_phone()
    {
        Assert.False(await Page.ScrollsSidewaysAsync());
        await Page.ChooseAsync("an-image-with-a-name-that-is-far-too-long-for-a-phone-of-this-size.png", Png.Create(241, 300));
        await Page.Prompt.FillAsync("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen " + new string('w', 80));
        await Page.Browser.GetByText("Seed and negative prompt").TapAsync();
        Assert.False(await Page.ScrollsSidewaysAsync());
        await Page.Submit.TapAsync();
        await Page.Browser.Locator(".generation[data-state=generating]").WaitForAsync();
        Finish();
        await Page.Browser.Locator(".generation[data-state=done]").WaitForAsync();
        await Expect(Page.Generations.Locator("video")).ToHaveJSPropertyAsync("videoHeight", 960);
        Assert.False(await Page.ScrollsSidewaysAsync());
    }
}

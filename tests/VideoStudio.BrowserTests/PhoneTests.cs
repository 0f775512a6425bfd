using static Microsoft.Playwright.Assertions;

namespace VideoStudio.BrowserTests;

/// <summary>The narrowest phone.</summary>
public sealed class PhoneTests(Chromium chromium)
    : BrowserTest(chromium, new() { ViewportSize = new() { Width = 320, Height = 640 }, DeviceScaleFactor = 2, HasTouch = true, IsMobile = true })
{
    [Fact]
    public async Task On_a_phone_nothing_is_wider_than_the_screen()
    {
        Assert.False(await Page.ScrollsSidewaysAsync());
        await Page.ChooseAsync("a-picture-with-a-name-that-is-far-too-long-for-a-phone-of-this-size.png", Png.Of(241, 300));
        await Page.Prompt.FillAsync("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen " + new string('w', 80));
        await Page.Browser.GetByText("Seed and negative prompt").TapAsync();
        Assert.False(await Page.ScrollsSidewaysAsync());
        await Page.Make.TapAsync();
        await Page.Browser.Locator(".film[data-state=generating]").WaitForAsync();
        Finish();
        await Page.Browser.Locator(".film[data-state=done]").WaitForAsync();
        await Expect(Page.Films.Locator("video")).ToHaveJSPropertyAsync("videoHeight", 960);
        Assert.False(await Page.ScrollsSidewaysAsync());
    }
}

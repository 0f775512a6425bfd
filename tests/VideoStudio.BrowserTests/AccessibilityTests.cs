using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using static Microsoft.Playwright.Assertions;

namespace VideoStudio.BrowserTests;

/// <summary>Tests the page with the keyboard, announcements and accessibility rules.</summary>
public sealed class AccessibilityTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task A_video_can_be_ordered_and_played_with_the_keyboard()
    {
        var keys = Page.Browser.Keyboard;
        await keys.PressAsync("Tab");
        await Expect(Page.Browser.GetByRole(AriaRole.Link, new() { Name = "Skip to the videos" })).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await Expect(Page.Choice("Image")).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await Expect(Page.Image).ToBeFocusedAsync();
        var chooser = await Page.Browser.RunAndWaitForFileChooserAsync(() => keys.PressAsync("Space"));
        await chooser.SetFilesAsync(Paths.Lighthouse);
        await TabToAsync(Page.Prompt);
        await keys.TypeAsync("By keys alone.");
        await keys.PressAsync("Tab");
        await keys.PressAsync("ArrowRight");
        await Expect(Page.Choice("1080p")).ToBeCheckedAsync();
        await TabToAsync(Page.Submit);
        Assert.NotEqual("none", await Page.Submit.EvaluateAsync<string>("button => getComputedStyle(button).outlineStyle"));
        await keys.PressAsync("Enter");
        await Page.ExpectAsync("By keys alone.", "Generating");
        await Expect(Page.Submit).ToBeFocusedAsync();
        Finish();
        await Page.ExpectAsync("By keys alone.", "Ready");

        var video = Page.Generation("By keys alone.").Locator("video");
        await TabToAsync(video);
        await keys.PressAsync("Space");
        await Expect(video).ToHaveJSPropertyAsync("paused", false);
        await TabToAsync(Page.Generation("By keys alone.").GetByRole(AriaRole.Link, new() { Name = "Download" }));
    }

    [Fact]
    public async Task Each_change_is_announced_once_and_polls_are_not()
    {
        await Page.Browser.EvaluateAsync(
            """
            () => {
              window.announced = [];
              const region = document.getElementById("announcements");
              new MutationObserver(() => window.announced.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
            }
            """);
        await Page.OrderAsync("A bell rings.");
        await Expect(Page.Generation("A bell rings.")).ToContainTextAsync(new Regex(@"polled \d+ times"));
        await Expect(Page.Generation("A bell rings.")).ToContainTextAsync(new Regex("0:0[2-9]|0:[1-5][0-9]"));
        Finish();
        await Page.ExpectAsync("A bell rings.", "Ready");
        Assert.Equal(["“A bell rings.”: Generating.", "“A bell rings.”: Ready."], await Page.Browser.EvaluateAsync<string[]>("() => window.announced"));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_state_of_the_page_passes_the_accessibility_rules(ColorScheme scheme)
    {
        await Page.Browser.EmulateMediaAsync(new() { ColorScheme = scheme });
        var background = await Page.Browser.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        Assert.Equal(scheme is ColorScheme.Dark ? "rgb(16, 15, 28)" : "rgb(244, 243, 248)", background);
        await CheckAsync();

        await Page.ChooseAsync("tiny.png", Png.Create(20, 20));
        await Page.Submit.ClickAsync();
        await Expect(Page.Error("prompt")).ToBeVisibleAsync();
        await CheckAsync();

        Emulator.Script(submission => submission.Body.Contains("never", StringComparison.Ordinal), EmulatorScript.FailWith("ContentPolicy", "The prompt was refused."));
        await Page.OrderAsync("This will never be.");
        await Page.ExpectAsync("This will never be.", "Generating");
        await Page.OrderAsync("This will be.");
        await Page.ExpectAsync("This will be.", "Generating");
        await CheckAsync();
        Finish();
        await Page.ExpectAsync("This will never be.", "Failed");
        await Page.ExpectAsync("This will be.", "Ready");
        await CheckAsync();
        await Page.ScreenshotAsync($"{nameof(Every_state_of_the_page_passes_the_accessibility_rules)}-{scheme}");

        await Page.Browser.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await Expect(Page.Dialog).ToBeVisibleAsync();
        await CheckAsync();
    }

    private async Task CheckAsync()
    {
        AxeResult result = await Page.Browser.RunAxe();
        Assert.Empty(result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Html}")));
    }

    private async Task TabToAsync(ILocator target)
    {
        const int MaxPresses = 40;
        for (var i = 0; i < MaxPresses; i++)
        {
            await Page.Browser.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }

        Assert.Fail("The element cannot be reached with Tab.");
    }
}

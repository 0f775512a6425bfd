using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using static Microsoft.Playwright.Assertions;

namespace VideoStudio.BrowserTests;

/// <summary>The page for everybody: without a mouse, read aloud.</summary>
public sealed class AccessTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task A_film_is_ordered_and_played_with_the_keyboard_alone()
    {
        var keys = Page.Browser.Keyboard;
        await keys.PressAsync("Tab");
        await Expect(Page.Browser.GetByRole(AriaRole.Link, new() { Name = "Skip to the films" })).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await Expect(Page.Choice("A picture")).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await Expect(Page.Picture).ToBeFocusedAsync();
        var chooser = await Page.Browser.RunAndWaitForFileChooserAsync(() => keys.PressAsync("Space"));
        await chooser.SetFilesAsync(Places.Lighthouse);
        await TabToAsync(Page.Prompt);
        await keys.TypeAsync("By keys alone.");
        await keys.PressAsync("Tab");
        await keys.PressAsync("ArrowRight");
        await Expect(Page.Choice("1080p")).ToBeCheckedAsync();
        await TabToAsync(Page.Make);
        Assert.NotEqual("none", await Page.Make.EvaluateAsync<string>("button => getComputedStyle(button).outlineStyle"));
        await keys.PressAsync("Enter");
        await Page.ExpectAsync("By keys alone.", "Being made");
        await Expect(Page.Make).ToBeFocusedAsync();
        Finish();
        await Page.ExpectAsync("By keys alone.", "Ready");

        var video = Page.Film("By keys alone.").Locator("video");
        await TabToAsync(video);
        await keys.PressAsync("Space");
        await Expect(video).ToHaveJSPropertyAsync("paused", false);
        await TabToAsync(Page.Film("By keys alone.").GetByRole(AriaRole.Link, new() { Name = "Download" }));
    }

    [Fact]
    public async Task Changes_are_announced_once_each_and_not_every_poll_or_second()
    {
        await Page.Browser.EvaluateAsync(
            """
            () => {
              window.heard = [];
              const region = document.getElementById("announcements");
              new MutationObserver(() => window.heard.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
            }
            """);
        await Page.OrderAsync("A bell rings.");
        await Expect(Page.Film("A bell rings.")).ToContainTextAsync(new Regex(@"asked \d+ times"));
        await Expect(Page.Film("A bell rings.")).ToContainTextAsync(new Regex("0:0[2-9]|0:[1-5][0-9]"));
        Finish();
        await Page.ExpectAsync("A bell rings.", "Ready");
        Assert.Equal(["“A bell rings.”: Being made.", "“A bell rings.”: Ready."], await Page.Browser.EvaluateAsync<string[]>("() => window.heard"));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_rule_of_accessibility_is_broken_in_any_state(ColorScheme scheme)
    {
        await Page.Browser.EmulateMediaAsync(new() { ColorScheme = scheme });
        var ground = await Page.Browser.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        Assert.Equal(scheme is ColorScheme.Dark ? "rgb(16, 15, 28)" : "rgb(244, 243, 248)", ground);
        await CheckAsync();

        await Page.ChooseAsync("tiny.png", Png.Of(20, 20));
        await Page.Make.ClickAsync();
        await Expect(Page.Error("prompt")).ToBeVisibleAsync();
        await CheckAsync();

        Emulator.Script(task => task.Body.Contains("never", StringComparison.Ordinal), EmulatorScript.FailWith("ContentPolicy", "The prompt was refused."));
        await Page.OrderAsync("This will never be.");
        await Page.ExpectAsync("This will never be.", "Being made");
        await Page.OrderAsync("This will be.");
        await Page.ExpectAsync("This will be.", "Being made");
        await CheckAsync();
        Finish();
        await Page.ExpectAsync("This will never be.", "Failed");
        await Page.ExpectAsync("This will be.", "Ready");
        await CheckAsync();
        await Page.PictureAsync($"{nameof(No_rule_of_accessibility_is_broken_in_any_state)}-{scheme}");

        await Page.Browser.GetByRole(AriaRole.Button, new() { Name = "Make it again" }).ClickAsync();
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
        const int Enough = 40;
        for (var i = 0; i < Enough; i++)
        {
            await Page.Browser.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }

        Assert.Fail("It cannot be reached with Tab.");
    }
}

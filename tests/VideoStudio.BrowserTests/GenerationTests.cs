using static Microsoft.Playwright.Assertions;

namespace VideoStudio.BrowserTests;

/// <summary>Tests a generation from the order to the video.</summary>
public sealed class GenerationTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task A_dropped_image_becomes_a_playable_video_with_its_request()
    {
        await Page.DropAsync(Paths.Lighthouse);
        await Expect(Page.Browser.GetByText("1\u202f280 × 720 px")).ToBeVisibleAsync();
        await Page.Prompt.FillAsync("The lamp turns.");
        await Page.Choice("1080p").CheckAsync();
        await Page.Choice("10 s").CheckAsync();
        await Page.Browser.GetByText("Seed and negative prompt").ClickAsync();
        await Page.Browser.GetByLabel("Seed", new() { Exact = true }).FillAsync("27");
        await Page.Browser.GetByLabel("Negative prompt").FillAsync("people");
        await Expect(Page.Price).ToContainTextAsync("$1.95");
        await Page.Submit.ClickAsync();
        await Page.ExpectAsync("The lamp turns.", "Generating");
        Finish();
        await Page.ExpectAsync("The lamp turns.", "Ready");

        await ExpectPlayableAsync("The lamp turns.", seconds: 10, width: 1920);
        var generation = Page.Generation("The lamp turns.");
        foreach (var fact in new[] { "Image", "1080p", "10 s", "27", "people", "$1.95" })
            await Expect(generation.GetByText(fact, new() { Exact = true })).ToBeVisibleAsync();
        var submission = Assert.Single(Emulator.Ledger.Submissions);
        Assert.Equal(1.95m, Emulator.Ledger.TotalCharged);
        Assert.Contains("\"seed\":27", submission.Body, StringComparison.Ordinal);

        var download = await Page.Browser.RunAndWaitForDownloadAsync(() => generation.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        Assert.EndsWith(".mp4", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Equal("ftyp"u8.ToArray(), (await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken))[4..8]);

        await Page.OpenAsync(Studio.Address);
        await ExpectPlayableAsync("The lamp turns.", seconds: 10, width: 1920);
    }

    [Fact]
    public async Task Several_references_are_sent_in_one_order()
    {
        await Page.Choice("References").CheckAsync();
        foreach (var name in new[] { "one.png", "two.png", "three.png" })
            await Page.ChooseAsync(name, Png.Create(320, 240));
        await Page.Browser.GetByRole(AriaRole.Button, new() { Name = "Remove two.png" }).ClickAsync();
        await Page.Prompt.FillAsync("They meet.");
        await Page.Submit.ClickAsync();
        await Page.ExpectAsync("They meet.", "Generating");

        var body = Assert.Single(Emulator.Ledger.Submissions).Body;
        Assert.Equal(2, body.Split("data:image/png").Length - 1);
    }

    [Fact]
    public async Task A_failed_generation_shows_its_reason_and_a_retry_shows_the_price_first()
    {
        Emulator.Script(EmulatorScript.FailWith("ContentPolicy", "The prompt was refused."));
        await Page.OrderAsync("Something refused.");
        await Page.ExpectAsync("Something refused.", "Generating");
        Finish();
        await Page.ExpectAsync("Something refused.", "The prompt was refused.");
        await Page.ScreenshotAsync(nameof(A_failed_generation_shows_its_reason_and_a_retry_shows_the_price_first) + "-reason");

        var again = Page.Generation("Something refused.").GetByRole(AriaRole.Button, new() { Name = "Retry" });
        await again.ClickAsync();
        await Expect(Page.Dialog).ToContainTextAsync("it is paid for again: this one costs about $0.65");
        await Page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(Page.Dialog).ToBeHiddenAsync();
        await Expect(again).ToBeFocusedAsync();
        Assert.Single(Emulator.Ledger.Submissions);

        await again.ClickAsync();
        await Page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Pay $0.65 and generate" }).DblClickAsync();
        await Expect(Page.Dialog).ToBeHiddenAsync();
        await Expect(Page.Generations).ToHaveCountAsync(2);
        await Page.Browser.Locator(".generation[data-state=generating]").WaitForAsync();
        Finish();
        await Page.Browser.Locator(".generation[data-state=done]").WaitForAsync();
        Assert.Equal(2, Emulator.Ledger.Submissions.Count);
        Assert.Single(Emulator.Ledger.Charges);
    }

    [Fact]
    public async Task A_reload_during_a_generation_loses_nothing()
    {
        await Page.OrderAsync("A harbor at night.");
        await Page.ExpectAsync("A harbor at night.", "Generating");
        await Page.OpenAsync(Studio.Address);
        await Page.ExpectAsync("A harbor at night.", "Generating");
        Finish();
        await Page.ExpectAsync("A harbor at night.", "Ready");
        await ExpectPlayableAsync("A harbor at night.", seconds: 5, width: 1280);
        Assert.Single(Emulator.Ledger.Submissions);
    }

    [Fact]
    public async Task A_killed_studio_continues_after_a_restart_and_the_page_reconnects()
    {
        await Page.OrderAsync("A storm.");
        await Page.ExpectAsync("A storm.", "Generating");
        await Studio.KillAsync();
        await Expect(Page.Browser.GetByText("Connection lost; reconnecting")).ToBeVisibleAsync();
        await Studio.StartAsync();
        await Expect(Page.Browser.GetByText("Connection lost; reconnecting")).ToBeHiddenAsync();
        Finish();
        await Page.ExpectAsync("A storm.", "Ready");
        await ExpectPlayableAsync("A storm.", seconds: 5, width: 1280);
        Assert.Single(Emulator.Ledger.Submissions);
        Assert.Equal(1, Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task A_lost_response_of_the_service_is_found_without_paying_again()
    {
        Emulator.Faults.Add(EmulatorFault.ResetAt(0).On(EmulatorOperations.Submit));
        await Page.OrderAsync("The outcome is unknown.");
        var generation = Page.Generation("The outcome is unknown.");
        await Page.ExpectAsync("The outcome is unknown.", "unknown whether it was accepted");
        await Expect(generation).ToContainTextAsync("may have been paid for or not");
        await Expect(generation.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Page.ScreenshotAsync(nameof(A_lost_response_of_the_service_is_found_without_paying_again) + "-unknown");

        Clock.Advance(TimeSpan.FromMinutes(6));    // the service's log now contains it
        await Page.ExpectAsync("The outcome is unknown.", "Ready");
        Assert.Equal(1, Emulator.Ledger.CompleteSubmissionBodies);
    }

    private async Task ExpectPlayableAsync(string prompt, int seconds, int width)
    {
        var video = Page.Generation(prompt).Locator("video");
        await Expect(video).ToHaveJSPropertyAsync("videoWidth", width);
        Assert.InRange(await video.EvaluateAsync<double>("video => video.duration"), seconds - 0.1, seconds + 0.1);
        var moved = await video.EvaluateAsync<double>(
            """
            async video => {
              video.muted = true;
              await video.play();
              await new Promise(moved => video.requestVideoFrameCallback(moved));
              video.pause();
              return video.getVideoPlaybackQuality().totalVideoFrames;
            }
            """);
        Assert.True(moved > 0);
    }
}

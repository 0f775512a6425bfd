using static Microsoft.Playwright.Assertions;

namespace VideoStudio.BrowserTests;

/// <summary>From an order to a film.</summary>
public sealed class FilmTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task A_dropped_picture_becomes_a_film_that_plays_with_its_request_beside_it()
    {
        await Page.DropAsync(Places.Lighthouse);
        await Expect(Page.Browser.GetByText("1\u202f280 × 720 px")).ToBeVisibleAsync();
        await Page.Prompt.FillAsync("The lamp turns.");
        await Page.Choice("1080p").CheckAsync();
        await Page.Choice("10 s").CheckAsync();
        await Page.Browser.GetByText("Seed and negative prompt").ClickAsync();
        await Page.Browser.GetByLabel("Seed", new() { Exact = true }).FillAsync("27");
        await Page.Browser.GetByLabel("Negative prompt").FillAsync("people");
        await Expect(Page.Price).ToContainTextAsync("$1.95");
        await Page.Make.ClickAsync();
        await Page.ExpectAsync("The lamp turns.", "Being made");
        Finish();
        await Page.ExpectAsync("The lamp turns.", "Ready");

        await ExpectPlayableAsync("The lamp turns.", seconds: 10, width: 1920);
        var film = Page.Film("The lamp turns.");
        foreach (var fact in new[] { "A picture", "1080p", "10 s", "27", "people", "$1.95" })
            await Expect(film.GetByText(fact, new() { Exact = true })).ToBeVisibleAsync();
        var submission = Assert.Single(Emulator.Ledger.Submissions);
        Assert.Equal(1.95m, Emulator.Ledger.TotalCharged);
        Assert.Contains("\"seed\":27", submission.Body, StringComparison.Ordinal);

        var download = await Page.Browser.RunAndWaitForDownloadAsync(() => film.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        Assert.EndsWith(".mp4", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Equal("ftyp"u8.ToArray(), (await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken))[4..8]);

        await Page.OpenAsync(Studio.Address);
        await ExpectPlayableAsync("The lamp turns.", seconds: 10, width: 1920);
    }

    [Fact]
    public async Task Several_references_are_one_order()
    {
        await Page.Choice("References").CheckAsync();
        foreach (var name in new[] { "one.png", "two.png", "three.png" })
            await Page.ChooseAsync(name, Png.Of(320, 240));
        await Page.Browser.GetByRole(AriaRole.Button, new() { Name = "Remove two.png" }).ClickAsync();
        await Page.Prompt.FillAsync("They meet.");
        await Page.Make.ClickAsync();
        await Page.ExpectAsync("They meet.", "Being made");

        var body = Assert.Single(Emulator.Ledger.Submissions).Body;
        Assert.Equal(2, body.Split("data:image/png").Length - 1);
    }

    [Fact]
    public async Task A_failed_film_tells_its_reason_and_is_made_again_only_after_the_price_is_said()
    {
        Emulator.Script(EmulatorScript.FailWith("ContentPolicy", "The prompt was refused."));
        await Page.OrderAsync("Something refused.");
        await Page.ExpectAsync("Something refused.", "Being made");
        Finish();
        await Page.ExpectAsync("Something refused.", "The prompt was refused.");
        await Page.PictureAsync(nameof(A_failed_film_tells_its_reason_and_is_made_again_only_after_the_price_is_said) + "-reason");

        var again = Page.Film("Something refused.").GetByRole(AriaRole.Button, new() { Name = "Make it again" });
        await again.ClickAsync();
        await Expect(Page.Dialog).ToContainTextAsync("it is paid again: this one costs about $0.65");
        await Page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Leave it" }).ClickAsync();
        await Expect(Page.Dialog).ToBeHiddenAsync();
        await Expect(again).ToBeFocusedAsync();
        Assert.Single(Emulator.Ledger.Submissions);

        await again.ClickAsync();
        await Page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Pay $0.65 and make it" }).DblClickAsync();
        await Expect(Page.Dialog).ToBeHiddenAsync();
        await Expect(Page.Films).ToHaveCountAsync(2);
        await Page.Browser.Locator(".film[data-state=generating]").WaitForAsync();
        Finish();
        await Page.Browser.Locator(".film[data-state=done]").WaitForAsync();
        Assert.Equal(2, Emulator.Ledger.Submissions.Count);
        Assert.Single(Emulator.Ledger.Charges);
    }

    [Fact]
    public async Task A_reload_in_mid_job_loses_nothing()
    {
        await Page.OrderAsync("A harbour at night.");
        await Page.ExpectAsync("A harbour at night.", "Being made");
        await Page.OpenAsync(Studio.Address);
        await Page.ExpectAsync("A harbour at night.", "Being made");
        Finish();
        await Page.ExpectAsync("A harbour at night.", "Ready");
        await ExpectPlayableAsync("A harbour at night.", seconds: 5, width: 1280);
        Assert.Single(Emulator.Ledger.Submissions);
    }

    [Fact]
    public async Task A_studio_that_is_killed_in_mid_job_goes_on_when_it_comes_back_and_the_page_finds_it_again()
    {
        await Page.OrderAsync("A storm.");
        await Page.ExpectAsync("A storm.", "Being made");
        await Studio.KillAsync();
        await Expect(Page.Browser.GetByText("No connection; trying again")).ToBeVisibleAsync();
        await Studio.StartAsync();
        await Expect(Page.Browser.GetByText("No connection; trying again")).ToBeHiddenAsync();
        Finish();
        await Page.ExpectAsync("A storm.", "Ready");
        await ExpectPlayableAsync("A storm.", seconds: 5, width: 1280);
        Assert.Single(Emulator.Ledger.Submissions);
        Assert.Equal(1, Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task An_order_whose_answer_from_the_service_was_lost_says_so_and_is_found_without_paying_again()
    {
        Emulator.Faults.Add(EmulatorFault.ResetAt(0).On(EmulatorOperations.Submit));
        await Page.OrderAsync("Nobody knows.");
        var film = Page.Film("Nobody knows.");
        await Page.ExpectAsync("Nobody knows.", "nobody knows whether it was accepted");
        await Expect(film).ToContainTextAsync("may have been paid or not");
        await Expect(film.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Page.PictureAsync(nameof(An_order_whose_answer_from_the_service_was_lost_says_so_and_is_found_without_paying_again) + "-unknown");

        Clock.Advance(TimeSpan.FromMinutes(6));    // the service's log shows it at last
        await Page.ExpectAsync("Nobody knows.", "Ready");
        Assert.Equal(1, Emulator.Ledger.CompleteSubmissionBodies);
    }

    private async Task ExpectPlayableAsync(string prompt, int seconds, int width)
    {
        var video = Page.Film(prompt).Locator("video");
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

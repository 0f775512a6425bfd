using ImageMagick;
using static Microsoft.Playwright.Assertions;

namespace VideoStudio.BrowserTests;

/// <summary>Tests the errors of the form and the number of purchases.</summary>
public sealed class OrderTests(Chromium chromium) : BrowserTest(chromium)
{
    public static TheoryData<string, byte[], string> InvalidImages { get; } = new()
    {
        { "ribbon.png", Png.Create(2170, 241), "must have a ratio of 1:8 to 8:1" },
        { "letter.png", "This is not an image file."u8.ToArray(), "must be a JPEG, PNG" },
        { "torn.png", Png.Create(300, 300)[..20], "cannot be decoded" },
    };

    public static TheoryData<string, byte[], string> ConvertedImages { get; } = new()
    {
        { "phone.heic", Fixture("phone.heic"), "JPEG, 300 × 400 px" },
        { "phone.heic", Fixture("phone.heic"), "converted from HEIC to JPEG; metadata removed" },
        { "plain.avif", Fixture("plain.avif"), "converted from AVIF to JPEG" },
        { "plain.png", Png.Create(300, 301), "PNG, 300 × 301 px" },
        { "tiny.png", Png.Create(200, 300), "scaled from 200x300 to 240x360 px" },
        { "ghost.png", Png.Create(300, 300, isTransparent: true), "transparency replaced by #FFFFFF" },
    };

    [Theory]
    [InlineData(1, "400 × 300")]
    [InlineData(2, "400 × 300")]
    [InlineData(3, "400 × 300")]
    [InlineData(4, "400 × 300")]
    [InlineData(5, "300 × 400")]
    [InlineData(6, "300 × 400")]
    [InlineData(7, "300 × 400")]
    [InlineData(8, "300 × 400")]
    public async Task A_photo_of_any_orientation_becomes_a_video_as_it_is_displayed(ushort orientation, string size)
    {
        using var photo = new MagickImage(MagickColors.Teal, 400, 300) { Orientation = (Orientation)orientation };
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Orientation, orientation);
        photo.SetProfile(exif);
        await Page.DropAsync("photo.jpg", photo.ToByteArray(MagickFormat.Jpeg));
        await Expect(Page.Browser.Locator("#images")).ToContainTextAsync(size);
        await Page.Prompt.FillAsync("It moves.");
        await Page.Submit.ClickAsync();

        await Page.ExpectAsync("It moves.", "Generating");
        Finish();
        await Page.ExpectAsync("It moves.", "Ready");
        await Page.ExpectAsync("It moves.", $"JPEG, {size} px");
    }

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(InvalidImages))]
    public async Task An_invalid_image_is_reported_at_its_field_and_nothing_is_sent(string name, byte[] content, string words)
    {
        var sent = CountOrders();
        await Page.ChooseAsync(name, content);
        await Expect(Page.Error("picture")).ToContainTextAsync(words);
        await Page.Prompt.FillAsync("It moves.");
        await Page.Submit.ClickAsync();

        await Expect(Page.Image).ToBeFocusedAsync();
        await Expect(Page.Image).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(Page.Image).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex(words));
        Assert.Equal(0, sent());

        await Page.Browser.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Page.ChooseAsync("good.png", Png.Create(300, 300));
        await Expect(Page.Error("picture")).ToBeHiddenAsync();
        await Page.Submit.ClickAsync();
        await Page.ExpectAsync("It moves.", "Generating");
    }

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(ConvertedImages))]
    public async Task An_image_of_another_kind_is_converted_and_the_changes_are_shown(string name, byte[] content, string changes)
    {
        await Page.DropAsync(name, content);
        await Expect(Page.Error("picture")).ToBeHiddenAsync();
        await Page.Prompt.FillAsync("It moves.");
        await Page.Submit.ClickAsync();

        await Page.ExpectAsync("It moves.", "Generating");
        Finish();
        await Page.ExpectAsync("It moves.", "Ready");
        await Page.ExpectAsync("It moves.", changes);
    }

    [Fact]
    public async Task Every_error_of_the_form_is_shown_at_its_field()
    {
        var sent = CountOrders();
        await Page.Browser.GetByText("Seed and negative prompt").ClickAsync();
        await Page.Browser.GetByLabel("Seed", new() { Exact = true }).FillAsync("2147483648");
        await Page.Browser.GetByLabel("Negative prompt").FillAsync(new string('x', 501));
        await Page.Submit.ClickAsync();
        await Expect(Page.Error("picture")).ToHaveTextAsync("Choose an image.");
        await Expect(Page.Error("prompt")).ToHaveTextAsync("Describe what happens in the video.");
        await Expect(Page.Error("seed")).ToContainTextAsync("0 to 2\u202f147\u202f483\u202f647");
        await Expect(Page.Error("negativePrompt")).ToContainTextAsync("at most 500 characters (was 501)");
        await Expect(Page.Image).ToBeFocusedAsync();
        Assert.Equal(0, sent());

        await Page.Prompt.FillAsync("A cloud passes.");
        await Expect(Page.Error("prompt")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task An_error_of_the_studio_is_shown_at_its_field()
    {
        await Page.Browser.RouteAsync("**/api/generations", route => route.FulfillAsync(new()
        {
            Status = 400,
            ContentType = "application/problem+json",
            Body = """{ "title": "One or more validation errors occurred.", "errors": { "prompt": ["The prompt is invalid."], "clientRequestId": ["The id is invalid."] } }""",
        }), new() { Times = 1 });
        await Page.OrderAsync("A cloud passes.");
        await Expect(Page.Error("prompt")).ToHaveTextAsync("The prompt is invalid.");
        await Expect(Page.Prompt).ToBeFocusedAsync();
        await Expect(Page.Browser.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The id is invalid." })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Pressing_twice_or_again_later_buys_once()
    {
        var sent = CountOrders();
        await Page.Choice("Text").CheckAsync();
        await Page.Prompt.FillAsync("Once.");
        await Page.Submit.DblClickAsync();
        await Page.ExpectAsync("Once.", "Generating");
        await Page.Submit.ClickAsync();
        await Expect(Page.Browser.GetByText("Sending it again buys nothing")).ToBeVisibleAsync();
        Finish();
        await Page.ExpectAsync("Once.", "Ready");
        Assert.True(sent() > 1);
        await Expect(Page.Generations).ToHaveCountAsync(1);
        Assert.Equal(1, Emulator.Ledger.CompleteSubmissionBodies);

        await Page.Prompt.FillAsync("Another.");
        await Page.Submit.ClickAsync();
        await Page.ExpectAsync("Another.", "Generating");
        Assert.Equal(2, Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task An_order_whose_response_never_reaches_the_page_is_bought_once()
    {
        // The response does not reach the page.
        await Page.Browser.RouteAsync("**/api/generations", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync("connectionreset");
        }, new() { Times = 1 });
        await Page.OrderAsync("Lost and found.");
        await Page.ExpectAsync("Lost and found.", "Generating");
        await Page.Submit.ClickAsync();
        await Expect(Page.Browser.GetByText("Sending it again buys nothing")).ToBeVisibleAsync();
        await Expect(Page.Generations).ToHaveCountAsync(1);
        Assert.Equal(1, Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task An_order_that_was_not_sent_shows_an_error_and_can_be_sent_again()
    {
        await Page.Browser.RouteAsync("**/api/generations", route => route.AbortAsync("connectionreset"), new() { Times = 1 });
        await Page.OrderAsync("Second try.");
        await Expect(Page.Browser.GetByRole(AriaRole.Alert).Filter(new() { HasText = "No response was received." })).ToBeVisibleAsync();
        await Page.Submit.ClickAsync();
        await Page.ExpectAsync("Second try.", "Generating");
        Assert.Equal(1, Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task The_price_follows_the_options_and_an_unknown_price_is_shown_as_such()
    {
        await Expect(Page.Price).ToContainTextAsync("$0.65");
        await Page.Choice("15 s").CheckAsync();
        await Expect(Page.Price).ToContainTextAsync("$1.95");

        await Page.Browser.RouteAsync("**/api/price", route => route.FulfillAsync(new() { Json = new { usd = (decimal?)null, known = false } }));
        await Page.Choice("1080p").CheckAsync();
        await Expect(Page.Price).ToContainTextAsync("unknown");
        await Expect(Page.Price).ToContainTextAsync("does not contain");
    }

    private Func<int> CountOrders()
    {
        var count = 0;
        Page.Browser.Request += (_, request) =>
        {
            if (request.Method == "POST" && request.Url.EndsWith("/api/generations", StringComparison.Ordinal))
                Interlocked.Increment(ref count);
        };
        return () => Volatile.Read(ref count);
    }

    private static byte[] Fixture(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, name));
}

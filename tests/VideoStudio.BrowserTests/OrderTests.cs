using static Microsoft.Playwright.Assertions;

namespace VideoStudio.BrowserTests;

/// <summary>What is told at the form, and what is bought by pressing.</summary>
public sealed class OrderTests(Chromium chromium) : BrowserTest(chromium)
{
    public static TheoryData<string, byte[], string> BadPictures { get; } = new()
    {
        { "tiny.png", Png.Of(239, 300), "each side must have 240 to" },
        { "ribbon.png", Png.Of(2170, 241), "too elongated" },
        { "ghost.png", Png.Of(300, 300, isTransparent: true), "a PNG with transparency" },
        { "letter.png", "Dear studio, this is no picture."u8.ToArray(), "not a picture" },
        { "torn.png", Png.Of(300, 300)[..20], "cannot be opened" },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(BadPictures))]
    public async Task A_bad_picture_is_told_at_its_field_and_nothing_is_sent(string name, byte[] content, string words)
    {
        var sent = CountOrders();
        await Page.ChooseAsync(name, content);
        await Expect(Page.Error("picture")).ToContainTextAsync(words);
        await Page.Prompt.FillAsync("It moves.");
        await Page.Make.ClickAsync();

        await Expect(Page.Picture).ToBeFocusedAsync();
        await Expect(Page.Picture).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(Page.Picture).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex(words));
        Assert.Equal(0, sent());

        await Page.Browser.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Page.ChooseAsync("good.png", Png.Of(300, 300));
        await Expect(Page.Error("picture")).ToBeHiddenAsync();
        await Page.Make.ClickAsync();
        await Page.ExpectAsync("It moves.", "Being made");
    }

    [Fact]
    public async Task Every_mistake_of_the_form_is_told_at_once_each_at_its_field()
    {
        var sent = CountOrders();
        await Page.Browser.GetByText("Seed and negative prompt").ClickAsync();
        await Page.Browser.GetByLabel("Seed", new() { Exact = true }).FillAsync("2147483648");
        await Page.Browser.GetByLabel("Negative prompt").FillAsync(new string('x', 501));
        await Page.Make.ClickAsync();
        await Expect(Page.Error("picture")).ToHaveTextAsync("Choose a picture.");
        await Expect(Page.Error("prompt")).ToHaveTextAsync("Write what shall happen.");
        await Expect(Page.Error("seed")).ToContainTextAsync("0 to 2\u202f147\u202f483\u202f647");
        await Expect(Page.Error("negativePrompt")).ToContainTextAsync("501 characters; the limit is 500");
        await Expect(Page.Picture).ToBeFocusedAsync();
        Assert.Equal(0, sent());

        await Page.Prompt.FillAsync("A cloud passes.");
        await Expect(Page.Error("prompt")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task What_only_the_server_finds_is_told_at_its_field_too()
    {
        await Page.Browser.RouteAsync("**/api/generations", route => route.FulfillAsync(new()
        {
            Status = 400,
            ContentType = "application/problem+json",
            Body = """{ "title": "One or more validation errors occurred.", "errors": { "prompt": ["The prompt is not liked."], "clientRequestId": ["The id is odd."] } }""",
        }), new() { Times = 1 });
        await Page.OrderAsync("A cloud passes.");
        await Expect(Page.Error("prompt")).ToHaveTextAsync("The prompt is not liked.");
        await Expect(Page.Prompt).ToBeFocusedAsync();
        await Expect(Page.Browser.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The id is odd." })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Pressing_twice_buys_once_and_so_does_pressing_again_later()
    {
        var sent = CountOrders();
        await Page.Choice("Words").CheckAsync();
        await Page.Prompt.FillAsync("Once.");
        await Page.Make.DblClickAsync();
        await Page.ExpectAsync("Once.", "Being made");
        await Page.Make.ClickAsync();
        await Expect(Page.Browser.GetByText("pressing again buys nothing")).ToBeVisibleAsync();
        Finish();
        await Page.ExpectAsync("Once.", "Ready");
        Assert.True(sent() > 1);
        await Expect(Page.Films).ToHaveCountAsync(1);
        Assert.Equal(1, Emulator.Ledger.CompleteSubmissionBodies);

        await Page.Prompt.FillAsync("Another.");
        await Page.Make.ClickAsync();
        await Page.ExpectAsync("Another.", "Being made");
        Assert.Equal(2, Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task An_order_whose_answer_is_lost_on_the_way_to_the_page_is_bought_once()
    {
        // Neither the answer nor an event reaches the page.
        await Page.Browser.RouteAsync("**/api/generations", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync("connectionreset");
        }, new() { Times = 1 });
        await Page.OrderAsync("Lost and found.");
        await Page.ExpectAsync("Lost and found.", "Being made");
        await Page.Make.ClickAsync();
        await Expect(Page.Browser.GetByText("pressing again buys nothing")).ToBeVisibleAsync();
        await Expect(Page.Films).ToHaveCountAsync(1);
        Assert.Equal(1, Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task An_order_that_never_left_says_so_and_can_be_pressed_again()
    {
        await Page.Browser.RouteAsync("**/api/generations", route => route.AbortAsync("connectionreset"), new() { Times = 1 });
        await Page.OrderAsync("Second try.");
        await Expect(Page.Browser.GetByRole(AriaRole.Alert).Filter(new() { HasText = "No answer came." })).ToBeVisibleAsync();
        await Page.Make.ClickAsync();
        await Page.ExpectAsync("Second try.", "Being made");
        Assert.Equal(1, Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task The_price_follows_the_choice_and_an_unknown_one_is_called_unknown()
    {
        await Expect(Page.Price).ToContainTextAsync("$0.65");
        await Page.Choice("15 s").CheckAsync();
        await Expect(Page.Price).ToContainTextAsync("$1.95");

        await Page.Browser.RouteAsync("**/api/price", route => route.FulfillAsync(new() { Json = new { usd = (decimal?)null, known = false } }));
        await Page.Choice("1080p").CheckAsync();
        await Expect(Page.Price).ToContainTextAsync("unknown");
        await Expect(Page.Price).ToContainTextAsync("does not tell");
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
}

using static Microsoft.Playwright.Assertions;

namespace VideoStudio.BrowserTests;

/// <summary>Finds the elements of the page by labels and roles, as its users do.</summary>
internal sealed class StudioPage(IPage page)
{
    public IPage Browser => page;

    public ILocator Prompt => page.GetByLabel("Prompt", new() { Exact = true });

    public ILocator Image => page.Locator("input[type=file]");

    public ILocator Price => page.Locator("#price-words");

    public ILocator Submit => page.GetByRole(AriaRole.Button, new() { Name = "Generate video" });

    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    public ILocator Generations => page.GetByRole(AriaRole.Article);

    public ILocator Generation(string prompt) => page.GetByRole(AriaRole.Article, new() { Name = prompt, Exact = true });

    public ILocator Choice(string name) => page.GetByRole(AriaRole.Radio, new() { Name = name, Exact = true });

    public ILocator Error(string field) => page.Locator($"#{field}-error");

    public async Task OpenAsync(Uri address)
    {
        await page.GotoAsync(address.AbsoluteUri);
        await Expect(Price).ToContainTextAsync("price list");
    }

    public Task ChooseAsync(string name, byte[] content, string type = "image/png") =>
        Image.SetInputFilesAsync(new FilePayload { Name = name, MimeType = type, Buffer = content });

    /// <summary>Drops a file on the page.</summary>
    public async Task DropAsync(string path) => await DropAsync(Path.GetFileName(path), await File.ReadAllBytesAsync(path));

    public async Task DropAsync(string name, byte[] content)
    {
        var files = await page.EvaluateHandleAsync(
            """
            async ([name, base64]) => {
              const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
              const transfer = new DataTransfer();
              transfer.items.add(new File([bytes], name, { type: "image/png" }));
              return transfer;
            }
            """,
            new[] { name, Convert.ToBase64String(content) });
        foreach (var step in new[] { "dragover", "drop" })
            await page.Locator("#drop").DispatchEventAsync(step, new { dataTransfer = files });
    }

    /// <summary>Orders a video from text.</summary>
    public async Task OrderAsync(string prompt)
    {
        await Choice("Text").CheckAsync();
        await Prompt.FillAsync(prompt);
        await Submit.ClickAsync();
    }

    public Task ExpectAsync(string prompt, string state) => Expect(Generation(prompt)).ToContainTextAsync(state);

    /// <summary>Takes a screenshot of the complete page, stored with the test results.</summary>
    public async Task ScreenshotAsync(string name) => await page.ScreenshotAsync(new() { Path = Paths.Screenshot(name), FullPage = true });

    public Task<bool> ScrollsSidewaysAsync() =>
        page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth");
}

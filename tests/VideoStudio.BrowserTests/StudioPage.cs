using static Microsoft.Playwright.Assertions;

namespace VideoStudio.BrowserTests;

/// <summary>The page as its users see it: by labels and roles, never by its structure.</summary>
internal sealed class StudioPage(IPage page)
{
    public IPage Browser => page;

    public ILocator Prompt => page.GetByLabel("Prompt", new() { Exact = true });

    public ILocator Picture => page.Locator("input[type=file]");

    public ILocator Price => page.Locator("#price-words");

    public ILocator Make => page.GetByRole(AriaRole.Button, new() { Name = "Make the film" });

    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    public ILocator Films => page.GetByRole(AriaRole.Article);

    public ILocator Film(string prompt) => page.GetByRole(AriaRole.Article, new() { Name = prompt, Exact = true });

    public ILocator Choice(string name) => page.GetByRole(AriaRole.Radio, new() { Name = name, Exact = true });

    public ILocator Error(string field) => page.Locator($"#{field}-error");

    public async Task OpenAsync(Uri address)
    {
        await page.GotoAsync(address.AbsoluteUri);
        await Expect(Price).ToContainTextAsync("price list");
    }

    public Task ChooseAsync(string name, byte[] content, string type = "image/png") =>
        Picture.SetInputFilesAsync(new FilePayload { Name = name, MimeType = type, Buffer = content });

    /// <summary>What a hand does that lets go of a file above the page.</summary>
    public async Task DropAsync(string path)
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
            new[] { Path.GetFileName(path), Convert.ToBase64String(await File.ReadAllBytesAsync(path)) });
        foreach (var step in new[] { "dragover", "drop" })
            await page.Locator("#drop").DispatchEventAsync(step, new { dataTransfer = files });
    }

    /// <summary>Orders a film of words alone.</summary>
    public async Task OrderAsync(string prompt)
    {
        await Choice("Words").CheckAsync();
        await Prompt.FillAsync(prompt);
        await Make.ClickAsync();
    }

    public Task ExpectAsync(string prompt, string state) => Expect(Film(prompt)).ToContainTextAsync(state);

    /// <summary>A picture of the whole page, kept beside the results of the tests.</summary>
    public async Task PictureAsync(string name) => await page.ScreenshotAsync(new() { Path = Places.Screenshot(name), FullPage = true });

    public Task<bool> ScrollsSidewaysAsync() =>
        page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth");
}

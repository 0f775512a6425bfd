[assembly: AssemblyFixture(typeof(VideoStudio.BrowserTests.Chromium))]

namespace VideoStudio.BrowserTests;

/// <summary>Starts the installed Chromium once. Nothing is downloaded: Playwright's package contains only the driver.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const float TimeoutMs = 30_000;
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } path)
            return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path });

        // Long enough for a busy machine.
        Assertions.SetDefaultExpectTimeout(TimeoutMs);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>Opens a new browser context. Skips the test if Chromium is not installed, except in CI, where it fails.</summary>
    internal async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options)
    {
        const string Missing = "Chromium is not installed. Install it with apt-get install chromium.";
        if (browser is null && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(Missing);
        Assert.SkipWhen(browser is null, Missing);
        var context = await browser!.NewContextAsync(options);
        context.SetDefaultTimeout(TimeoutMs);
        return context;
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}

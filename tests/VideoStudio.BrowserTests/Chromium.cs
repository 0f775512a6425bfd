[assembly: AssemblyFixture(typeof(VideoStudio.BrowserTests.Chromium))]

namespace VideoStudio.BrowserTests;

/// <summary>The machine's own Chromium, started once. Nothing is downloaded: Playwright's package brings the driver alone.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const float PatienceMs = 30_000;
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } path)
            return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path });

        // Far above what is needed, so that a busy machine fails no test.
        Assertions.SetDefaultExpectTimeout(PatienceMs);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>A browser with nothing remembered. Skips the test where there is no Chromium, except in CI, which must have one.</summary>
    internal async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options)
    {
        const string Missing = "Chromium is not on this machine (apt-get install chromium).";
        if (browser is null && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(Missing);
        Assert.SkipWhen(browser is null, Missing);
        var context = await browser!.NewContextAsync(options);
        context.SetDefaultTimeout(PatienceMs);
        return context;
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}

using Microsoft.Extensions.Time.Testing;

namespace VideoStudio.BrowserTests;

/// <summary>
/// Starts a studio, an emulator in the test process with a fake clock, and a page. Each test ends with an assertion that the page reported no error
/// and no violation of its content security policy, and with a screenshot.
/// </summary>
public abstract class BrowserTest(Chromium chromium, BrowserNewContextOptions? options = null) : IAsyncLifetime
{
    private readonly List<string> errors = [];
    private IBrowserContext? context;

    internal FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    internal WanEmulator Emulator { get; private set; } = null!;

    internal StudioProcess Studio { get; private set; } = null!;

    internal StudioPage Page { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        context = await chromium.OpenAsync(options ?? new() { ViewportSize = new() { Width = 1360, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        Emulator = await WanEmulator.StartAsync(emulator =>
        {
            emulator.TimeProvider = Clock;
            emulator.LogDelay = TimeSpan.FromMinutes(5);
        });
        Studio = new StudioProcess(Emulator.BaseAddress);
        await Studio.StartAsync();
        var page = await context.NewPageAsync();
        page.Console += (_, message) => Note(message);
        page.PageError += (_, error) => errors.Add(error);
        Page = new StudioPage(page);
        await Page.OpenAsync(Studio.Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (context is not null)
        {
            if (Page is not null)
                await Page.ScreenshotAsync(TestContext.Current.TestCase!.TestMethod!.MethodName);
            await context.DisposeAsync();
        }

        if (Studio is not null)
            await Studio.DisposeAsync();
        if (Emulator is not null)
            await Emulator.DisposeAsync();
        GC.SuppressFinalize(this);
        Assert.Empty(errors);
    }

    /// <summary>Advances the clock, so that the emulator completes every generation.</summary>
    internal void Finish() => Clock.Advance(TimeSpan.FromSeconds(10));

    // Some tests expect failed requests.
    private void Note(IConsoleMessage message)
    {
        if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            errors.Add(message.Text);
    }
}

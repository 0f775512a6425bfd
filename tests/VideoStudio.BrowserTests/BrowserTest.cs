using Microsoft.Extensions.Time.Testing;

namespace VideoStudio.BrowserTests;

/// <summary>
/// A studio, an emulator outside of it whose clock the test moves, and a page. At the end of each test the page has told no error and no breach of its
/// content security policy, and a picture of it is kept.
/// </summary>
public abstract class BrowserTest(Chromium chromium, BrowserNewContextOptions? options = null) : IAsyncLifetime
{
    private readonly List<string> complaints = [];
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
        page.PageError += (_, error) => complaints.Add(error);
        Page = new StudioPage(page);
        await Page.OpenAsync(Studio.Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (context is not null)
        {
            if (Page is not null)
                await Page.PictureAsync(TestContext.Current.TestCase!.TestMethod!.MethodName);
            await context.DisposeAsync();
        }

        if (Studio is not null)
            await Studio.DisposeAsync();
        if (Emulator is not null)
            await Emulator.DisposeAsync();
        GC.SuppressFinalize(this);
        Assert.Empty(complaints);
    }

    /// <summary>Lets whatever the emulator works on come to its end.</summary>
    internal void Finish() => Clock.Advance(TimeSpan.FromSeconds(10));

    // That a request failed or was refused is what some tests are about.
    private void Note(IConsoleMessage message)
    {
        if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            complaints.Add(message.Text);
    }
}

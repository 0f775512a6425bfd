using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Leaks;

/// <summary>Every method, and every sort of failure that a caller can encounter, with a server that repeats everything that it received.</summary>
/// <param name="make">Creates a client with some options changed.</param>
internal sealed class LeakScenario(WanFixture fixture, SecretListener listener, Func<Action<WanVideoClientOptions>, WanVideoClient> make)
    : IAsyncDisposable
{
    private static readonly PollingOptions Impatient = PollingOptions.Default with { Timeout = TimeSpan.FromSeconds(30) };

    private readonly TemporaryFolder folder = new();
    private readonly HashSet<string> met = [];

    /// <summary>The types of exceptions that were thrown.</summary>
    public IEnumerable<string> Met => met;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ImageToVideoRequest Request => Samples.Image(MediaSource.FromBytes(TestSecrets.Image)) with { Prompt = TestSecrets.Prompt, NegativePrompt = TestSecrets.NegativePrompt };

    public async Task RunAsync()
    {
        var client = make(_ => { });
        await SucceedAsync(client);
        await BeRefusedAsync(client);
        await LoseResponsesAsync(client);
        await WaitInVainAsync(client);
        await DownloadInVainAsync(client);
        await SendNothingAsync(client);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SucceedAsync(WanVideoClient client)
    {
        Script($$"""{"id":"{id}","status":"completed","video":{"url":"{url}&token={{TestSecrets.Signature}}"},"error":null}""");
        fixture.Emulator.Faults.Add(EmulatorFault.Status(503).On(EmulatorOperations.Get), EmulatorFault.ExpiredUrl(), EmulatorFault.CloseAt(5_000).OfBody().On(EmulatorOperations.File));
        var generation = await client.GenerateAndWaitAsync(Request, cancellationToken: Cancellation);
        await client.DownloadToFileAsync(generation, Path.Combine(folder.Path, "video.mp4"), cancellationToken: Cancellation);
        await using (var video = await client.OpenReadAsync(generation, cancellationToken: Cancellation))
            await video.CopyToAsync(Stream.Null, Cancellation);
        await foreach (var change in client.WatchAsync(generation.Id, cancellationToken: Cancellation))
            listener.Search("printed", change);
        await foreach (var outcome in client.GenerateManyAsync([Request, Request with { Prompt = "" }], 2, cancellationToken: Cancellation))
            listener.Search("printed", outcome);
        listener.Search("printed", await client.EstimateCostAsync(Request, Cancellation));
        listener.Search("printed", await client.GetCostAsync(generation, Cancellation));
        listener.Search("printed", await client.GetBalanceAsync(Cancellation));
        listener.Search("printed", await client.FindGenerationsAsync(generation.ClientRequestId!, Cancellation));
    }

    private async Task BeRefusedAsync(WanVideoClient client)
    {
        foreach (var status in new[] { 400, 401, 403, 422, 429 })
            await MeetAsync(() => client.CreateAsync(Request, Cancellation), EmulatorFault.RespondWith(status, "application/json", TestSecrets.Reflection).On(EmulatorOperations.Submit).Always());
        var broke = TestSecrets.Reflection.Replace(
            $"\"name\":\"{TestSecrets.Key}\"", "\"name\":\"err_insufficent_credits\"", StringComparison.Ordinal);
        await MeetAsync(() => client.CreateAsync(Request, Cancellation), EmulatorFault.RespondWith(403, "application/json", broke).On(EmulatorOperations.Submit));
        await MeetAsync(() => client.CreateAsync(Request, Cancellation), EmulatorFault.Redirect(new Uri($"https://other.example/?Signature={TestSecrets.Signature}")).On(EmulatorOperations.Submit));
    }

    private async Task LoseResponsesAsync(WanVideoClient client)
    {
        foreach (var fault in new[]
        {
            EmulatorFault.ResetAt(0), EmulatorFault.ResetAt(0).BeforeAccepting(), EmulatorFault.RespondWith(502, "text/html", TestSecrets.Reflection), EmulatorFault.TruncateBody(12),
            EmulatorFault.RespondWith(200, "text/html", TestSecrets.Reflection), EmulatorFault.Raw(TestSecrets.Reflection),
            EmulatorFault.WrongLength(50),
        })
        {
            await MeetAsync(() => client.CreateAsync(Request, Cancellation), fault.On(EmulatorOperations.Submit));
        }
    }

    private async Task WaitInVainAsync(WanVideoClient client)
    {
        foreach (var fault in new[]
        {
            EmulatorFault.RespondWith(404, "application/json", TestSecrets.ReadReflection), EmulatorFault.RespondWith(500, "text/plain", TestSecrets.ReadReflection), EmulatorFault.ResetAt(0),
            EmulatorFault.RespondWith(200, "application/json", TestSecrets.ReadReflection), EmulatorFault.RespondWith(200, "text/html", $"<p>{TestSecrets.ReadReflection}"), EmulatorFault.Raw(TestSecrets.ReadReflection),
        })
        {
            await MeetAsync(() => client.GetAsync("gen-1", Cancellation), fault.On(EmulatorOperations.Get).Always());
            await MeetAsync(() => client.WaitAsync("gen-1", Impatient, cancellationToken: Cancellation), fault.On(EmulatorOperations.Get).Always());
        }

        Script("""{"id":"{id}","status":"generating"}""");
        await MeetAsync(() => client.GenerateAndWaitAsync(Request, Impatient, cancellationToken: Cancellation));
        fixture.Emulator.Script(EmulatorScript.FailWith(
            TestSecrets.Key, $"{TestSecrets.Key} cannot make '{TestSecrets.Prompt}' of https://a.example/?Signature={TestSecrets.Signature}"));
        await MeetAsync(() => client.GenerateAndWaitAsync(Request, cancellationToken: Cancellation));
    }

    private async Task DownloadInVainAsync(WanVideoClient client)
    {
        foreach (var url in new[] { "file:///etc/passwd?", "https://10.0.0.1/?", "https://nowhere.invalid/video.mp4?", "//relative?" })
            await DownloadAsync(client, $"{url}Signature={TestSecrets.Signature}");
        foreach (var fault in new[]
        {
            EmulatorFault.RespondWith(403, "text/plain", TestSecrets.ReadReflection), EmulatorFault.RespondWith(200, "text/html", TestSecrets.ReadReflection), EmulatorFault.ResetAt(0),
            EmulatorFault.Redirect(new Uri($"https://nowhere.invalid/video.mp4?Signature={TestSecrets.Signature}"), 302),
            EmulatorFault.TruncateBody(100),
        })
        {
            await DownloadAsync(client, $"{{url}}&token={TestSecrets.Signature}", fault.On(EmulatorOperations.File).Always());
        }
    }

    private async Task SendNothingAsync(WanVideoClient client)
    {
        await MeetAsync(() => client.CreateAsync(Request with { Prompt = string.Concat(Enumerable.Repeat(TestSecrets.Prompt, 200)), Image = MediaSource.FromUri($"ftp://a.example/?Signature={TestSecrets.Signature}") }, Cancellation));
        await MeetAsync(() => make(options => options.SkipValidation = true).CreateAsync(
            Request with { Image = MediaSource.FromFile(Path.Combine(folder.Path, "missing.png")) }, Cancellation));
        await MeetAsync(() => client.CreateAsync(Request, new CancellationToken(canceled: true)));
        await MeetAsync(() => make(options => options.Budget = new SpendingBudget(0.000001m)).CreateAsync(Request, Cancellation));
        await MeetAsync(() => make(options => options.ApiKeyProvider = _ => ValueTask.FromResult($"{TestSecrets.Key}\r\n")).CreateAsync(Request, Cancellation));
        await MeetAsync(() => make(options => options.Journal = new FileSubmissionJournal(Path.Combine(folder.Path, "missing", "journal.jsonl"))).CreateAsync(Request, Cancellation));
        Script("""{"id":"{id}","status":"generating"}""");
        var full = make(options => (options.MaxInProgress, options.QueueTimeout) = (1, TimeSpan.Zero));
        _ = await full.CreateAsync(Request, Cancellation);
        await MeetAsync(() => full.CreateAsync(Request, Cancellation));
        listener.Search(Record.Exception(() => make(options => options.ApiKey = $"{TestSecrets.Key}\r\n")));
    }

    private async Task DownloadAsync(WanVideoClient client, string url, params EmulatorFault[] faults)
    {
        Script($$"""{"id":"{id}","status":"completed","video":{"url":"{{url}}"},"error":null}""");
        var generation = await client.GenerateAndWaitAsync(Request, cancellationToken: Cancellation);
        await MeetAsync(
            async () =>
            {
                await client.DownloadToFileAsync(generation, Path.Combine(folder.Path, "again.mp4"), cancellationToken: Cancellation);
                return generation;
            },
            faults);
    }

    // Each generation fails from here on, until the next script.
    private void Script(string response) => fixture.Emulator.Script(EmulatorScript.RespondWith(response));

    private async Task MeetAsync(Func<Task<VideoGeneration>> call, params EmulatorFault[] faults)
    {
        fixture.Emulator.Faults.Clear();
        fixture.Emulator.Faults.Add(faults);
        var error = await Record.ExceptionAsync(call);
        fixture.Emulator.Faults.Clear();
        listener.Search(error);
        if (error is not null)
            met.Add(error.GetType().Name);
    }
}

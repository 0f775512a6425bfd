using System.Diagnostics;
using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>Faults on the caller's side: cancellation, disposal, and keys, ids, journals and images that fail.</summary>
public sealed class CallerTests
{
    private const string NotSent = "nothing is sent";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Fault(115, "Create", "`WanCanceledException` without `MayHaveBeenSent`; " + NotSent)]
    public async Task Canceled_before_a_request()
    {
        await using var fixture = FaultFixture.Start();

        var error = await fixture.FailsAsync<WanCanceledException>(Call.Create, TimeSpan.Zero, new CancellationToken(canceled: true));

        Assert.False(error.MayHaveBeenSent);
        Assert.Empty(fixture.Server.Requests);
    }

    [Fact]
    [Fault(116, "Create, Get, Download", "Create and Download: `WanCanceledException` with the ids. Get: `OperationCanceledException` with the caller's token")]
    public async Task Canceled_while_the_server_stalls()
    {
        using var caller = new CancellationTokenSource();
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ =>
        {
            caller.Cancel();
            return Reply.Nothing.Then(Ending.Hold);
        };

        var error = await fixture.FailsAsync<WanCanceledException>(Call.Create, TimeSpan.Zero, caller.Token);

        Assert.Equal((true, "order-1"), (error.MayHaveBeenSent, error.ClientRequestId));
        await AssertCanceledAsync(_ => Call.Get);
        await AssertCanceledAsync(fixture => (client, token) => client.DownloadAsync(fixture.Video(), Stream.Null, cancellationToken: token));
    }

    [Fact]
    [Fault(117, "Create, Get, Wait", "The same, at once")]
    public async Task Canceled_in_a_pause()
    {
        foreach (var method in new[] { Call.Create, Call.Get, Call.Wait })
        {
            using var caller = new CancellationTokenSource();
            await using var fixture = FaultFixture.Start();
            fixture.Clock.OnPause = caller.Cancel;
            fixture.Server.Replacement = _ => Reply.Json("{}", 429, "Retry-After: 60");

            var error = await fixture.FailsAsync<OperationCanceledException>(method, TimeSpan.FromSeconds(60), caller.Token, exactly: false);

            Assert.Equal(caller.Token, error.CancellationToken);
            Assert.InRange(fixture.Server.Requests.Count, 0, 1);
        }
    }

    [Fact]
    [Fault(118, "Create", "`WanCanceledException` with `MayHaveBeenSent` and how to resume")]
    public async Task Canceled_in_a_search()
    {
        using var caller = new CancellationTokenSource();
        await using var fixture = FaultFixture.Start();
        fixture.Clock.OnPause = caller.Cancel;
        fixture.Server.KeepsLog = false;
        fixture.Server.Replacement = request => request.Method == "POST" ? Reply.Nothing : null;

        var error = await fixture.FailsAsync<WanCanceledException>(Call.Create, FaultFixture.Search, caller.Token);

        Assert.True(error.MayHaveBeenSent);
    }

    [Fact]
    [Fault(119, "Create", "`WanSubmissionUnknownException` at once: a sent request can no longer be searched for")]
    public async Task Disposed_in_the_middle_of_a_submission()
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ =>
        {
            fixture.Client.Dispose();
            return Reply.Nothing.Then(Ending.Hold);
        };

        _ = await fixture.FailsAsync<WanSubmissionUnknownException>(Call.Create, TimeSpan.Zero);
    }

    [Fact]
    [Fault(120, "Get, Wait", "`WanConnectionException`")]
    public async Task Disposed_in_the_middle_of_a_read()
    {
        foreach (var method in new[] { Call.Get, Call.Wait })
        {
            await using var fixture = FaultFixture.Start();
            fixture.Server.Replacement = _ =>
            {
                fixture.Client.Dispose();
                return Reply.Nothing.Then(Ending.Hold);
            };

            var error = await fixture.FailsAsync<WanConnectionException>(method, FaultFixture.Retries);

            Assert.Equal(FaultFixture.GenerationId, error.GenerationId);
        }
    }

    [Theory]
    [InlineData("canary\r\nX-Evil: 1")]
    [InlineData("canary\0")]
    [InlineData("canäry canary")]
    [InlineData(" ")]
    [InlineData("")]
    [Fault(121, "every method",
        "`ArgumentException` when the client is created (`WanConfigurationException` if the option is empty); `WanConfigurationException` if a provider returns it; not in the message; " + NotSent)]
    public async Task A_key_that_no_header_can_carry(string key)
    {
        var argument = Record.Exception(() => new WanVideoClient(new WanVideoClientOptions { ApiKey = key }))!;
        Assert.IsType(key.Length == 0 ? typeof(WanConfigurationException) : typeof(ArgumentException), argument);
        await using var fixture = FaultFixture.Start(options => options.ApiKeyProvider = _ => ValueTask.FromResult(key));

        _ = await fixture.FailsAsync<WanConfigurationException>(Call.Create, TimeSpan.Zero);
        _ = await fixture.FailsAsync<WanConfigurationException>(Call.Get, TimeSpan.Zero);

        Secrets.AssertNone(argument, []);
        Assert.Empty(fixture.Server.Requests);
    }

    [Fact]
    [Fault(122, "Create, Get", "`WanConfigurationException` at once, not tried again; " + NotSent)]
    public async Task A_key_provider_that_fails()
    {
        await using var fixture = FaultFixture.Start(options => options.ApiKeyProvider = _ => throw new TimeoutException("the vault is shut"));

        _ = await fixture.FailsAsync<WanConfigurationException>(Call.Create, TimeSpan.Zero);
        _ = await fixture.FailsAsync<WanConfigurationException>(Call.Get, TimeSpan.Zero);

        Assert.Empty(fixture.Server.Requests);
    }

    [Fact]
    [Fault(123, "every method", "Neither key nor prompt nor signature is in a span, a log entry of any level or an exception")]
    public async Task A_listener_to_everything()
    {
        var spans = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (spans)
                    spans.Add(string.Join('\n', [activity.DisplayName, .. activity.TagObjects, .. activity.Events.SelectMany(e => e.Tags), .. activity.Baggage]));
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement =
            request => fixture.Server.Requests.Count(other => other.Target == request.Target) == 1 ? Reply.Json("{}", 503) : null;

        _ = await fixture.SucceedsAsync(Call.Create, FaultFixture.Retries);
        _ = await fixture.SucceedsAsync(Call.Wait, TimeSpan.FromMinutes(2));
        await fixture.Client.DownloadAsync(fixture.Video(), Stream.Null, cancellationToken: Cancellation);

        lock (spans)
        {
            Assert.NotEmpty(spans);
            Secrets.AssertNone(null, spans);
        }
    }

    [Theory]
    [InlineData("a?b&c#d")]
    [InlineData("../../v2/billing")]
    [InlineData("a\r\nX-Evil: 1\r\n\r\n")]
    [InlineData("%2e%2e%2f+ ;=:@")]
    [InlineData("uuid:model/with/slashes")]
    [InlineData("ü\U0001F600\"\\")]
    [Fault(124, "Get", "Percent-encoded: one request, for this id and nothing else")]
    public async Task An_id_that_would_change_the_request(string id)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => Reply.Json(System.Text.Json.JsonSerializer.Serialize(new { id, status = "queued" }));

        var generation = await fixture.SucceedsAsync((client, token) => client.GetAsync(id, token), TimeSpan.Zero);

        var request = Assert.Single(fixture.Server.Requests);
        Assert.Equal((id, $"/v2/video/generations?generation_id={Uri.EscapeDataString(id)}"), (generation.Id, request.Target));
        Assert.Null(request.Header("X-Evil"));
    }

    [Theory]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("order 1")]
    [InlineData("ördnung")]
    [InlineData("")]
    [Fault(125, "Create", "`WanValidationException`, also with `SkipValidation`: the service would drop the id and charge; " + NotSent)]
    public async Task A_client_request_id_that_the_service_would_drop(string id)
    {
        await using var fixture = FaultFixture.Start(options => options.SkipValidation = true);

        _ = await fixture.FailsAsync<WanValidationException>(
            (client, token) => client.CreateAsync(FaultFixture.Request with { ClientRequestId = id }, token), TimeSpan.Zero);

        Assert.Empty(fixture.Server.Requests);
    }

    [Fact]
    [Fault(126, "Create", "`WanConfigurationException`; " + NotSent)]
    public async Task A_journal_that_cannot_be_written()
    {
        using var folder = new TemporaryFolder();
        await using var fixture = FaultFixture.Start(options => options.Journal = new FileSubmissionJournal(folder["no/such/folder/journal.jsonl"]));

        _ = await fixture.FailsAsync<WanConfigurationException>(Call.Create, TimeSpan.Zero);

        Assert.Empty(fixture.Server.Requests);
    }

    [Fact]
    [Fault(127, "Create", "`WanValidationException`; no complete request is sent")]
    public async Task An_image_that_cannot_be_read_to_its_end()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["image.png"], Samples.ImageBytes, Cancellation);
        var shortened = false;
        await using var fixture = FaultFixture.Start(options => options.ApiKeyProvider = async token =>
        {
            // Between validation and sending.
            if (!shortened)
                await File.WriteAllBytesAsync(folder["image.png"], Samples.ImageBytes[..1000], token);
            shortened = true;
            return FaultFixture.Key;
        });

        _ = await fixture.FailsAsync<WanValidationException>(
            (client, token) => client.CreateAsync(Samples.Image(MediaSource.FromFile(folder["image.png"])), token), TimeSpan.Zero);

        Assert.Equal(0, fixture.Server.Videos);
    }

    [Fact]
    [Fault(128, "Create, Get", "Each is served, one request for each video")]
    public async Task A_thousand_callers_of_one_client()
    {
        const int Callers = 1000;
        await using var fixture = FaultFixture.Start();

        var all = await fixture.SucceedsAsync(
            (client, token) => Task.WhenAll(Enumerable.Range(0, Callers).Select(number => Task.Run(
                async () =>
                {
                    var created = await client.CreateAsync(FaultFixture.Request with { ClientRequestId = $"order-{number}" }, token);
                    return await client.GetAsync(created.Id, token);
                },
                token))),
            TimeSpan.Zero);

        Assert.Equal(Callers, all.Select(generation => generation.Id).Distinct().Count());
        Assert.Equal((Callers, 2 * Callers), (fixture.Server.Videos, fixture.Server.Requests.Count));
        Assert.InRange(fixture.Server.Connections, 1, 64);
    }

    private static async Task AssertCanceledAsync(Func<FaultFixture, Func<IWanVideoClient, CancellationToken, Task>> method)
    {
        using var caller = new CancellationTokenSource();
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ =>
        {
            caller.Cancel();
            return Reply.Nothing.Then(Ending.Hold);
        };

        var error = await fixture.FailsAsync<OperationCanceledException>(method(fixture), TimeSpan.Zero, caller.Token, exactly: false);

        Assert.Equal(caller.Token, error.CancellationToken);
    }
}

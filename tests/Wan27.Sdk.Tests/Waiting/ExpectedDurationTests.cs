using System.Globalization;
using Wan27.Sdk.Waiting;

namespace Wan27.Sdk.Tests.Waiting;

/// <summary>The pace of a wait whose generation has an expected duration, from the service's metrics or from earlier generations of the client.</summary>
public sealed class ExpectedDurationTests
{
    private const int Generations = 4_000;

    private static readonly string[] Unknown = ["""{"models":[]}""", """{"models":{}}""", """[]""", "no JSON", Metrics("another", 480_000), Metrics(Samples.Text.Model, 1_800)];

    public static TheoryData<string> UnknownMetrics => [.. Unknown];

    [Theory]
    [InlineData(64, 0, 10)]
    [InlineData(480, 0, 14)]
    [InlineData(840, 0, 16)]
    [InlineData(64, 0.3, 10)]
    [InlineData(480, 0.3, 14)]
    [InlineData(840, 0.3, 16)]
    public void A_generation_is_polled_seldom_and_its_end_is_seen_soon(double medianSeconds, double spread, int maxPolls)
    {
        var median = TimeSpan.FromSeconds(medianSeconds);
        var random = new Random(1);
        var durations = Enumerable.Range(0, Generations).Select(_ => median * Math.Exp(spread * Normal(random))).ToList();

        var paced = durations.ConvertAll(duration => Simulate(duration, median, random));
        var scheduled = durations.ConvertAll(duration => Simulate(duration, null, random));

        var (lateness, limit) = (paced.Average(wait => wait.Lateness.TotalSeconds), Math.Max(3, durations.Average(duration => duration.TotalSeconds) * 0.04));
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{medianSeconds} s: {paced.Average(wait => wait.Polls):F1} polls, {lateness:F1} s late; without: {scheduled.Average(wait => wait.Polls):F1} polls, {scheduled.Average(wait => wait.Lateness.TotalSeconds):F1} s late"));
        Assert.InRange(spread == 0 ? paced.Max(wait => wait.Polls) : paced.Average(wait => wait.Polls), 1, maxPolls);
        Assert.InRange(lateness, 0, limit);
    }

    [Theory]
    [InlineData(64, 10)]
    [InlineData(480, 14)]
    [InlineData(840, 16)]
    public async Task The_client_follows_the_published_duration_and_reports_what_is_left(int seconds, int maxPolls)
    {
        using var service = Service(seconds);
        service.Metrics = TestResponse.Json(Metrics(Samples.Text.Model, seconds * 1000));
        var reports = new List<GenerationProgress>();

        await GenerateAsync(service, progress: reports);

        var polls = service.Requests.Where(request => request.Method == HttpMethod.Get).ToList();
        Assert.InRange(polls.Count, 2, maxPolls);
        Assert.InRange((polls[0].At - service.Requests[0].At).TotalSeconds, Math.Max(8, seconds * 0.2), Math.Max(12, (seconds * 0.3) + 1));
        Assert.InRange((polls[^1].At - service.Requests[0].At).TotalSeconds, seconds, (seconds * 1.08) + 6);
        Assert.Null(reports[0].ExpectedTimeLeft);
        Assert.Equal((TimeSpan.FromSeconds(seconds), 0), (reports[1].ExpectedTimeLeft, reports[1].Polls));
        Assert.All(reports.Skip(1), report => Assert.Equal(Positive(TimeSpan.FromSeconds(seconds) - report.Elapsed), report.ExpectedTimeLeft));
        Assert.Equal(TimeSpan.Zero, reports[^1].ExpectedTimeLeft);
        Assert.Single(service.MetricsRequests);
    }

    [Fact]
    public async Task The_generations_of_the_client_itself_are_known_better_than_the_published_duration()
    {
        using var service = Service(240);
        service.Metrics = TestResponse.Json(Metrics(Samples.Text.Model, 3_600_000));

        for (var i = 0; i < 3; i++)
            await GenerateAsync(service);
        var fourth = await FirstPollAsync(service);
        var another = await FirstPollAsync(service, Samples.Text with { Resolution = VideoResolution.P720 });

        Assert.InRange(fourth.TotalSeconds, 30, 300);
        Assert.InRange(another.TotalSeconds, 600, 3600);
    }

    [Theory]
    [MemberData(nameof(UnknownMetrics))]
    public async Task Without_a_published_duration_the_options_set_the_pace(string metrics)
    {
        using var service = Service(64);
        service.Metrics = TestResponse.Json(metrics);
        var reports = new List<GenerationProgress>();

        Assert.InRange((await FirstPollAsync(service, progress: reports)).TotalSeconds, 8, 12.2);
        Assert.All(reports, report => Assert.Null(report.ExpectedTimeLeft));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(429)]
    public async Task A_service_that_refuses_its_metrics_is_asked_once_and_delays_nothing(int status)
    {
        using var service = Service(64);
        service.Metrics = TestResponse.Status(status).With("Retry-After", "60");

        Assert.InRange((await FirstPollAsync(service)).TotalSeconds, 8, 12.2);
        Assert.Single(service.MetricsRequests);
    }

    [Fact]
    public async Task A_pace_of_the_caller_and_a_generation_of_unknown_age_are_left_alone()
    {
        using var service = Service(64);
        service.Metrics = TestResponse.Json(Metrics(Samples.Text.Model, 480_000));

        var own = await FirstPollAsync(service, polling: new PollingOptions { InitialDelay = TimeSpan.FromSeconds(20), Jitter = 0 });
        var switchedOff = await FirstPollAsync(service, polling: new PollingOptions { UseExpectedDuration = false });
        await service.RunAsync((client, token) => client.WaitAsync("gen-of-another", cancellationToken: token));

        Assert.InRange(own.TotalSeconds, 20, 20.1);
        Assert.InRange(switchedOff.TotalSeconds, 8, 12.1);
        Assert.Empty(service.MetricsRequests);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("3600", 60)]
    [InlineData("1", 4.8)]
    public async Task A_pause_that_the_service_asks_for_is_made_up_to_a_minute(string retryAfter, double minSeconds)
    {
        using var service = ScriptedService.Responding(
            TestResponse.Generation("generating").With("Retry-After", retryAfter), TestResponse.Generation("completed", url: Samples.VideoUrl));
        var polling = new PollingOptions { InitialDelay = TimeSpan.FromSeconds(6) };

        await service.RunAsync((client, token) => client.WaitAsync("gen-1", polling, cancellationToken: token));

        Assert.InRange((service.Requests[1].At - service.Requests[0].At).TotalSeconds, minSeconds, Math.Max(7.3, minSeconds + 0.1));
    }

    private static string Metrics(string model, int milliseconds) => $$$$"""
        {"window_seconds":300,"models":[{"alias":"{{{{model}}}}","endpoint":"/v2/video/generations","metrics":{"duration_ms":{"p50":{{{{milliseconds}}}},"p99":9999999}}}]}
        """;

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static (int Polls, TimeSpan Lateness) Simulate(TimeSpan duration, TimeSpan? expected, Random random)
    {
        var pace = new ExpectedDuration(new DurationHistory(TimeProvider.System), default, TimeSpan.Zero, expected);
        var schedule = new PollSchedule(PollingOptions.Default, random);
        var (at, polls) = (TimeSpan.Zero, 0);
        do
        {
            at += pace.NextAfter(at) is { } next ? schedule.Spread(next) : schedule.Next();
            polls++;
        }
        while (at < duration);
        return (polls, at - duration);
    }

    // Each submission becomes a generation of its own, which takes the same time.
    private static ScriptedService Service(int seconds)
    {
        var service = ScriptedService.Responding();
        var submitted = new Dictionary<string, DateTimeOffset>();
        service.Respond(request =>
        {
            if (request.Method == HttpMethod.Post)
            {
                var id = $"gen-{submitted.Count + 1}";
                submitted[id] = service.Clock.GetUtcNow();
                return TestResponse.Generation("queued", id);
            }

            var asked = request.Uri.Query.Split('=')[1];
            return !submitted.TryGetValue(asked, out var at) || service.Clock.GetUtcNow() - at >= TimeSpan.FromSeconds(seconds)
                ? TestResponse.Generation("completed", asked, Samples.VideoUrl)
                : TestResponse.Generation("generating", asked);
        });
        return service;
    }

    private static Task<VideoGeneration> GenerateAsync(
        ScriptedService service, TextToVideoRequest? request = null, PollingOptions? polling = null, List<GenerationProgress>? progress = null) =>
        service.RunAsync((client, token) => client.GenerateAndWaitAsync(request ?? Samples.Text, polling, new Reports(progress ?? []), token));

    private static async Task<TimeSpan> FirstPollAsync(
        ScriptedService service, TextToVideoRequest? request = null, PollingOptions? polling = null, List<GenerationProgress>? progress = null)
    {
        service.Requests.Clear();
        await GenerateAsync(service, request, polling, progress);
        return service.Requests[1].At - service.Requests[0].At;
    }

    private sealed class Reports(List<GenerationProgress> reports) : IProgress<GenerationProgress>
    {
        public void Report(GenerationProgress value) => reports.Add(value);
    }
}

namespace Wan27.Sdk.Tests.Waiting;

public class PollingOptionsTests
{
    private const string ReadAsDays = "A number without colons is read as days, and so are hours above 23; ";

    public static TheoryData<PollingOptions, string> OutOfRange { get; } = new()
    {
        { new() { InitialDelay = TimeSpan.FromTicks(-1) }, "InitialDelay is -00:00:00.0000001; the range is 0 or more, less than 1 day." },
        { new() { Interval = TimeSpan.Zero }, "Interval is 00:00:00; the range is more than 0, less than 1 day." },
        { new() { MaxInterval = TimeSpan.FromSeconds(5) }, "MaxInterval is 00:00:05; the range is Interval (00:00:06) or more, less than 1 day." },
        { new() { Timeout = TimeSpan.Zero }, "Timeout is 00:00:00; the range is more than 0, less than 1 day, or infinite." },
        { new() { Timeout = TimeSpan.FromSeconds(-1) }, "Timeout is -00:00:01; the range is more than 0, less than 1 day, or infinite." },
        { new() { InitialDelay = TimeSpan.FromDays(1) }, "InitialDelay is 1.00:00:00; the range is 0 or more, less than 1 day. " + ReadAsDays + "1 s is written 00:00:01." },
        { new() { Interval = TimeSpan.FromDays(6) }, "Interval is 6.00:00:00; the range is more than 0, less than 1 day. " + ReadAsDays + "6 s is written 00:00:06." },
        { new() { MaxInterval = TimeSpan.FromDays(90) }, "MaxInterval is 90.00:00:00; the range is Interval (00:00:06) or more, less than 1 day. " + ReadAsDays + "90 s is written 00:01:30." },
        { new() { Timeout = TimeSpan.FromDays(1800) }, "Timeout is 1800.00:00:00; the range is more than 0, less than 1 day, or infinite. " + ReadAsDays + "1800 s is written 00:30:00." },
        { new() { Timeout = TimeSpan.FromDays(86_400) }, "Timeout is 86400.00:00:00; the range is more than 0, less than 1 day, or infinite. A number without colons is read as days." },
        { new() { Multiplier = 0.99 }, "Multiplier is 0.99; the range is 1 or more." },
        { new() { Multiplier = double.NaN }, "Multiplier is NaN; the range is 1 or more." },
        { new() { Multiplier = double.PositiveInfinity }, "Multiplier is Infinity; the range is 1 or more." },
        { new() { Jitter = -0.1 }, "Jitter is -0.1; the range is 0 to 1." },
        { new() { Jitter = 1.1 }, "Jitter is 1.1; the range is 0 to 1." },
        { new() { Jitter = double.NaN }, "Jitter is NaN; the range is 0 to 1." },
        { new() { MaxConsecutiveFailures = -1 }, "MaxConsecutiveFailures is -1; the range is 0 or more." },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public async Task A_value_outside_its_range_is_refused_and_nothing_is_sent(PollingOptions polling, string problem)
    {
        using var service = ScriptedService.Responding();

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => service.Client.WaitAsync("gen-1", polling, null, TestContext.Current.CancellationToken));

        Assert.Equal($"PollingOptions.{problem}", error.Message);
        Assert.Empty(service.Requests);
    }

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_client_refuses_a_default_schedule_outside_its_range(PollingOptions polling, string problem) =>
        Assert.Contains(
            $"WanVideoClientOptions.Polling:{problem}",
            Assert.Throws<ArgumentException>(() => new WanVideoClient(new WanVideoClientOptions { ApiKey = "k", Polling = polling })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void The_limits_themselves_are_in_range() =>
        new PollingOptions
        {
            InitialDelay = TimeSpan.Zero,
            Interval = TimeSpan.FromTicks(1),
            MaxInterval = TimeSpan.FromTicks(1),
            Multiplier = 1,
            Jitter = 1,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxConsecutiveFailures = 0,
        }.ThrowIfInvalid();

    [Fact]
    public async Task The_longest_delays_do_not_throw()
    {
        using var canceler = new CancellationTokenSource();
        using var service = ScriptedService.Responding(TestResponse.Generation("queued"));
        var polling = new PollingOptions
        {
            InitialDelay = PollingOptions.Limit - TimeSpan.FromTicks(1),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        using var timer = service.Clock.CreateTimer(_ => canceler.Cancel(), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);

        await Assert.ThrowsAsync<WanCanceledException>(
            () => service.RunAsync((client, _) => client.WaitAsync("gen-1", polling, null, canceler.Token)));
    }

    [Fact]
    public async Task A_generation_with_an_invalid_schedule_is_not_submitted()
    {
        using var service = ScriptedService.Responding(TestResponse.Generation("queued"));
        var impossible = new PollingOptions { Interval = TimeSpan.Zero };

        await Assert.ThrowsAsync<ArgumentException>(() => service.RunAsync((client, cancellation) => client.GenerateAndWaitAsync(Samples.Text, impossible, cancellationToken: cancellation)));
        Assert.Throws<ArgumentException>(() => service.Client.GenerateManyAsync([Samples.Text], 1, impossible, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Empty(service.Requests);
    }
}

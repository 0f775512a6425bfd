namespace Wan27.Sdk.Tests.Waiting;

public class FailedPollTests
{
    // Each failed poll takes four attempts.
    private const int Attempts = 4;

    private static readonly PollingOptions Patient = new()
    {
        InitialDelay = TimeSpan.FromSeconds(1),
        Interval = TimeSpan.FromSeconds(30),
        MaxInterval = TimeSpan.FromSeconds(30),
        Jitter = 0,
        MaxConsecutiveFailures = 2,
    };

    public static TheoryData<string, TestResponse> Faults { get; } = new()
    {
        { "503", TestResponse.Status(503) },
        { "429", TestResponse.Status(429) },
        { "HTML", TestResponse.Status(200, "<html>", "text/html") },
        { "a reset", TestResponse.Lost(new HttpRequestException("reset")) },
        { "another generation", TestResponse.Generation("completed", id: "gen-2", url: Samples.VideoUrl) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_failed_poll_does_not_abandon_a_generation(string what, TestResponse fault)
    {
        using var service = ScriptedService.Responding(
            [.. Enumerable.Repeat(fault, 2 * Attempts), TestResponse.Generation("completed", url: Samples.VideoUrl)]);

        var generation = await service.RunAsync((client, cancellation) => client.WaitAsync("gen-1", Patient, null, cancellation));

        Assert.True(generation.Status.IsSucceeded, what);
        Assert.Equal((2 * Attempts) + 1, service.Requests.Count);
    }

    [Fact]
    public async Task Too_many_failed_polls_in_a_row_throw_the_last_error_with_how_to_resume()
    {
        using var service = ScriptedService.Responding(
            TestResponse.Generation("queued"), TestResponse.Generation("generating"), TestResponse.Status(503));

        var error = await Assert.ThrowsAsync<WanApiException>(
            () => service.RunAsync((client, cancellation) => client.GenerateAndWaitAsync(Samples.Text, Patient, null, cancellation)));

        Assert.Equal(2 + (3 * Attempts), service.Requests.Count);
        Assert.Equal(("gen-1", "order-1", GenerationStatus.Generating), (error.GenerationId, error.ClientRequestId, error.LastStatus));
        Assert.Contains("Generation 'gen-1' (last status: generating) is not lost; resume with WaitAsync(\"gen-1\")", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poll_that_succeeds_resets_the_count_of_failures()
    {
        var failed = Enumerable.Repeat(TestResponse.Status(503), 2 * Attempts);
        using var service = ScriptedService.Responding(
            [.. failed, TestResponse.Generation("generating"), .. failed, TestResponse.Generation("completed", url: Samples.VideoUrl)]);

        var generation = await service.RunAsync((client, cancellation) => client.WaitAsync("gen-1", Patient, null, cancellation));

        Assert.True(generation.Status.IsSucceeded);
    }

    [Fact]
    public async Task With_no_failure_allowed_the_first_is_thrown()
    {
        using var service = ScriptedService.Responding(TestResponse.Status(503));

        await Assert.ThrowsAsync<WanApiException>(
            () => service.RunAsync((client, cancellation) => client.WaitAsync("gen-1", Patient with { MaxConsecutiveFailures = 0 }, null, cancellation)));

        Assert.Equal(Attempts, service.Requests.Count);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_refusal_that_will_not_change_stops_the_wait_at_once_with_the_id(int status)
    {
        using var service = ScriptedService.Responding(TestResponse.Status(status));

        var error = await Assert.ThrowsAsync<WanApiException>(
            () => service.RunAsync((client, cancellation) => client.WaitAsync("gen-1", Patient, null, cancellation)));

        Assert.Single(service.Requests);
        Assert.Equal("gen-1", error.GenerationId);
    }

    [Fact]
    public async Task A_new_generation_that_is_not_found_is_polled_again()
    {
        using var service = ScriptedService.Responding(
            TestResponse.Generation("queued"), TestResponse.Status(404), TestResponse.Status(404),
            TestResponse.Generation("completed", url: Samples.VideoUrl));

        var generation = await service.RunAsync((client, cancellation) => client.GenerateAndWaitAsync(Samples.Text, Patient, null, cancellation));

        Assert.True(generation.Status.IsSucceeded);
    }

    [Fact]
    public async Task A_generation_that_is_not_found_a_minute_after_its_submission_is_an_error()
    {
        using var service = ScriptedService.Responding(TestResponse.Generation("queued"), TestResponse.Status(404));

        await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync((client, cancellation) => client.GenerateAndWaitAsync(
            Samples.Text, Patient with { InitialDelay = TimeSpan.FromSeconds(61) }, null, cancellation)));

        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task A_wait_that_ends_while_polls_fail_is_a_timeout_with_the_last_error()
    {
        using var service = ScriptedService.Responding(TestResponse.Status(503));

        var error = await Assert.ThrowsAsync<WanWaitTimeoutException>(() => service.RunAsync((client, cancellation) => client.WaitAsync(
            "gen-1", Patient with { Timeout = TimeSpan.FromSeconds(32), MaxConsecutiveFailures = 9 }, null, cancellation)));

        Assert.IsAssignableFrom<WanException>(error.InnerException);
        Assert.Null(error.LastStatus);
    }
}

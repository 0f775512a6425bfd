using Microsoft.Extensions.Time.Testing;
using Wan27.Sdk.Requests;

namespace Wan27.Sdk.Tests.Requests;

public class ClientRequestIdTests
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void New_ids_sorted_as_text_are_sorted_by_time()
    {
        var clock = new FakeTimeProvider(Start);
        var ids = new List<string>();
        foreach (var step in Enumerable.Range(0, 200))
        {
            ids.Add(VideoGenerationRequest.NewClientRequestId(clock));
            clock.Advance(TimeSpan.FromMilliseconds(1 + (step * step * step)));
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void New_ids_of_one_moment_differ()
    {
        var clock = new FakeTimeProvider(Start);

        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => VideoGenerationRequest.NewClientRequestId(clock)).Distinct().Count());
    }

    [Fact]
    public void A_new_id_is_one_that_the_service_keeps() =>
        Assert.Matches("^[A-Za-z0-9._:-]{1,128}$", VideoGenerationRequest.NewClientRequestId());

    [Fact]
    public void A_new_id_is_a_version_7_UUID_with_its_creation_time()
    {
        var id = VideoGenerationRequest.NewClientRequestId(new FakeTimeProvider(Start.AddMilliseconds(7)));

        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id);
        Assert.Equal(Start.AddMilliseconds(7), ClientRequestIdFormat.TimeOf(id));
    }

    [Theory]
    [InlineData("order-1")]
    [InlineData("0b7c2e9a-54a1-4f6e-9d25-0b1c6ad4f3e2")]
    [InlineData("ffffffff-ffff-7fff-bfff-ffffffffffff")]
    public void An_id_of_the_caller_has_no_time(string id) => Assert.Null(ClientRequestIdFormat.TimeOf(id));

    [Fact]
    public async Task A_submission_without_an_id_gets_a_new_one_each_time_and_returns_it()
    {
        using var service = ScriptedService.Responding(TestResponse.Generation("queued"));
        var request = Samples.Text with { ClientRequestId = null };

        var first = await service.RunAsync((client, cancellation) => client.CreateAsync(request, cancellation));
        var second = await service.RunAsync((client, cancellation) => client.CreateAsync(request, cancellation));

        Assert.NotEqual(first.ClientRequestId, second.ClientRequestId);
        Assert.Contains($"X-Client-Request-Id: {second.ClientRequestId}", service.Requests[1].Headers, StringComparison.Ordinal);
    }
}

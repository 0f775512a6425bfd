namespace Wan27.Sdk.Tests.Requests;

public class NextAttemptTests
{
    [Theory]
    [InlineData("order-17", "order-17:attempt-2")]
    [InlineData("order-17:attempt-2", "order-17:attempt-3")]
    [InlineData("order-17:attempt-9", "order-17:attempt-10")]
    [InlineData("order-17:attempt-1", "order-17:attempt-1:attempt-2")]
    [InlineData("order-17:attempt-+2", "order-17:attempt-+2:attempt-2")]
    [InlineData("order:16", "order:16:attempt-2")]
    public void The_id_of_the_next_attempt_is_derived_from_that_of_the_failed_one(string failed, string next) =>
        Assert.Equal(next, Next(Request(failed), failed).ClientRequestId);

    [Fact]
    public void Each_of_a_thousand_attempts_of_a_long_id_has_a_valid_id_of_its_own()
    {
        var ids = new HashSet<string>();
        foreach (var first in new[] { new string('a', 128), new string('a', 127) + "b", new string('a', 113), new string('a', 112) })
        {
            VideoGenerationRequest request = Request(first);
            for (var attempt = 2; attempt <= 1000; attempt++)
            {
                request = Next(request, request.ClientRequestId);
                Assert.True(ids.Add(request.ClientRequestId!), request.ClientRequestId);
                Assert.InRange(request.ClientRequestId!.Length, 1, 128);
                Assert.EndsWith($":attempt-{attempt}", request.ClientRequestId, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_rest_of_the_request_stays_as_it_is()
    {
        var next = Next(Request("order-17"), "order-17");

        Assert.Equal(Request("order-17:attempt-2"), Assert.IsType<TextToVideoRequest>(next));
    }

    [Fact]
    public void A_request_without_an_id_has_that_of_the_failed_submission() =>
        Assert.Equal("made-up:attempt-2", Next(Samples.Text with { ClientRequestId = null }, "made-up").ClientRequestId);

    [Fact]
    public void A_failure_that_was_read_by_the_id_of_its_generation_is_that_of_the_request() =>
        Assert.Equal("order-17:attempt-2", Next(Request("order-17"), null).ClientRequestId);

    [Fact]
    public void The_failure_of_another_request_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Next(Request("order-17"), "order-18"));

        Assert.StartsWith("The generation that failed was submitted as 'order-18', and this request is 'order-17'.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Next(Samples.Text with { ClientRequestId = null }, null));
    }

    private static TextToVideoRequest Request(string id) => Samples.Text with { ClientRequestId = id };

    private static VideoGenerationRequest Next(VideoGenerationRequest request, string? failed) => request.NextAttempt(
        new WanGenerationFailedException(new VideoGeneration { Id = "gen-1", ClientRequestId = failed, Status = GenerationStatus.Failed }));
}

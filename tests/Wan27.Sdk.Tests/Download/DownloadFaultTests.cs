using System.Net;
using Wan27.Sdk.Download;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Tests.Download;

/// <summary>The remedy for each refusal of a host, the pauses, and what is reported to the caller.</summary>
public sealed class DownloadFaultTests
{
    private static readonly VideoGeneration Generation = new() { Id = "gen-1", ClientRequestId = "order-1" };

    [Theory]
    [InlineData(401, null, nameof(DownloadRemedy.FreshAddress))]
    [InlineData(403, null, nameof(DownloadRemedy.FreshAddress))]
    [InlineData(404, null, nameof(DownloadRemedy.FreshAddress))]
    [InlineData(410, null, nameof(DownloadRemedy.FreshAddress))]
    [InlineData(408, null, nameof(DownloadRemedy.Retry))]
    [InlineData(429, 60, nameof(DownloadRemedy.Retry))]
    [InlineData(429, 61, nameof(DownloadRemedy.None))]
    [InlineData(500, null, nameof(DownloadRemedy.Retry))]
    [InlineData(503, 5, nameof(DownloadRemedy.Retry))]
    [InlineData(599, 61, nameof(DownloadRemedy.None))]
    [InlineData(304, null, nameof(DownloadRemedy.None))]
    [InlineData(400, null, nameof(DownloadRemedy.None))]
    [InlineData(416, null, nameof(DownloadRemedy.None))]
    [InlineData(499, null, nameof(DownloadRemedy.None))]
    public void Each_status_has_its_remedy(int status, int? retryAfter, string remedy)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        if (retryAfter is { } seconds)
            response.Headers.TryAddWithoutValidation("Retry-After", $"{seconds}");

        var fault = DownloadFaultException.Of(response, "cdn.example/video.mp4");

        Assert.Equal((remedy, retryAfter), ($"{fault.Remedy}", (int?)fault.Delay?.TotalSeconds));
        Assert.Equal($"The file host responded with {status} for cdn.example/video.mp4.", fault.Message);
    }

    [Fact]
    public void Another_remedy_does_not_change_the_fault()
    {
        var cause = new IOException();
        var fault = new DownloadFaultException("words", DownloadRemedy.None, cause) { Delay = TimeSpan.FromSeconds(7) };

        var other = fault.With(DownloadRemedy.Restart);

        Assert.Equal((DownloadRemedy.Restart, "words", cause, fault.Delay), (other.Remedy, other.Message, other.InnerException, other.Delay));
    }

    [Fact]
    public void Pauses_double_up_to_8_seconds() =>
        Assert.Equal([0.5, 1, 2, 4, 8, 8, 8], Enumerable.Range(0, 7).Select(attempt => Backoff.OfRequests.Delay(attempt).TotalSeconds));

    [Fact]
    public void The_exception_has_the_fault_its_first_cause_and_both_ids()
    {
        var cause = new IOException("words of the transport");
        foreach (var (fault, expected) in new (Exception, Exception)[]
        {
            (new DownloadFaultException("words", DownloadRemedy.None, cause), cause),
            (new WanDownloadException("words", cause), cause),
            (new IOException("words", cause), cause),
        })
        {
            var typed = Assert.IsType<WanDownloadException>(DownloadErrors.Typed(fault, Generation, CancellationToken.None));
            Assert.StartsWith("words", typed.Message, StringComparison.Ordinal);
            Assert.Equal((expected, "gen-1", "order-1"), (typed.InnerException, typed.GenerationId, typed.ClientRequestId));
        }

        var bare = new UnauthorizedAccessException("words");
        Assert.Same(bare, DownloadErrors.Typed(bare, Generation, CancellationToken.None)!.InnerException);
    }

    [Fact]
    public void A_complete_exception_or_one_of_another_library_is_unchanged()
    {
        Assert.Null(DownloadErrors.Typed(new WanDownloadException("words") { GenerationId = "gen-2" }, Generation, CancellationToken.None));
        Assert.Null(DownloadErrors.Typed(new OperationCanceledException(), Generation, CancellationToken.None));
        Assert.Null(DownloadErrors.Typed(new InvalidOperationException(), Generation, CancellationToken.None));
    }

    [Fact]
    public void A_canceled_download_names_its_video_and_reports_that_it_is_paid()
    {
        var token = new CancellationToken(canceled: true);

        var typed = Assert.IsType<WanCanceledException>(DownloadErrors.Typed(new OperationCanceledException(), Generation, token));

        Assert.Equal("Canceled while downloading generation 'gen-1', which is complete; download it again.", typed.Message);
        Assert.Equal(("gen-1", "order-1", true, token), (typed.GenerationId, typed.ClientRequestId, typed.MayHaveBeenSent, typed.CancellationToken));
    }
}

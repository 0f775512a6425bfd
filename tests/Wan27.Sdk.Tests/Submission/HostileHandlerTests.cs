using Wan27.Sdk.Errors;

namespace Wan27.Sdk.Tests.Submission;

/// <summary>Handlers that an application puts around the client's own.</summary>
public class HostileHandlerTests
{
    public static TheoryData<string, Func<HttpMessageHandler, HttpMessageHandler>> Handlers { get; } = new()
    {
        { "sends again", transport => new RepeatingHandler(transport, buffers: false) },
        { "buffers and sends again", transport => new RepeatingHandler(transport, buffers: true) },
        { "sends a copy", transport => new CopyingHandler(transport) },
    };

    [Theory]
    [MemberData(nameof(Handlers))]
    public async Task A_handler_that_sends_again_gets_one_body_to_the_service(string what, Func<HttpMessageHandler, HttpMessageHandler> make)
    {
        using var service = ScriptedService.Behind(make, isGuarded: true, TestResponse.Status(503), TestResponse.Json("""{"data":[],"pagination":{"has_more":false}}"""));

        await Assert.ThrowsAsync<WanSubmissionUnknownException>(
            () => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));

        Assert.True(service.Posts.Count() == 1, what);
        Assert.Contains("a lighthouse at dusk", service.Posts.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_is_sent_once_even_if_only_the_body_protects_itself()
    {
        using var service = ScriptedService.Behind(
            transport => new RepeatingHandler(transport, buffers: false), isGuarded: false, TestResponse.Status(503), TestResponse.Json("""{"data":[],"pagination":{"has_more":false}}"""));

        await Assert.ThrowsAsync<WanSubmissionUnknownException>(
            () => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));

        Assert.Single(service.Posts, post => post.Body.Length > 0);
    }

    [Fact]
    public async Task A_response_that_a_handler_loses_counts_as_a_response()
    {
        using var service = ScriptedService.Behind(
            transport => new ResponseLosingHandler(transport), isGuarded: true, TestResponse.Generation("queued").With("x-inference-id", "gen-1"));

        var error = await Assert.ThrowsAsync<WanSubmissionUnknownException>(
            () => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));

        Assert.Equal((SubmissionPhase.Answered, "gen-1"), (error.Phase, error.GenerationId));
        Assert.Equal("the body was lost by a handler around the client", error.InnerException!.Message);
    }

    private sealed class ResponseLosingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var response = await base.SendAsync(request, cancellationToken);
            throw new InvalidOperationException("The handler failed.");
        }
    }

    private sealed class RepeatingHandler(HttpMessageHandler inner, bool buffers) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (buffers && request.Content is { } content)
                _ = await content.ReadAsByteArrayAsync(cancellationToken);
            var first = await base.SendAsync(request, cancellationToken);
            return request.Method == HttpMethod.Post ? await base.SendAsync(request, cancellationToken) : first;
        }
    }

    private sealed class CopyingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Get)
                return await base.SendAsync(request, cancellationToken);
            await base.SendAsync(request, cancellationToken);
            using var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content };
            return await base.SendAsync(copy, cancellationToken);
        }
    }
}

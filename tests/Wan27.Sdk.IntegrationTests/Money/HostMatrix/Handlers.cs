using Polly;

namespace Wan27.Sdk.IntegrationTests.Money.HostMatrix;

/// <summary>Sends any failed request again, whatever the request and the failure are.</summary>
internal sealed class RetryingHandler : DelegatingHandler
{
    private readonly ResiliencePipeline<HttpResponseMessage> pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>()
        .AddRetry(new()
        {
            MaxRetryAttempts = 3,
            Delay = TimeSpan.Zero,
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is not null || !args.Outcome.Result!.IsSuccessStatusCode),
        })
        .Build();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        pipeline.ExecuteAsync(async token => await base.SendAsync(request, token), cancellationToken).AsTask();
}

/// <summary>Sends the same request three times at once, and takes the first response.</summary>
internal sealed class HedgingHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sends = Enumerable.Range(0, 3).Select(_ => base.SendAsync(request, cancellationToken)).ToList();
        while (true)
        {
            var first = await Task.WhenAny(sends);
            _ = sends.Remove(first);
            if (sends.Count == 0 || first.IsCompletedSuccessfully)
                return await first;
            _ = first.Exception;
        }
    }
}

/// <summary>Holds the complete body in memory before it is sent.</summary>
internal sealed class BufferingHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
#pragma warning disable CA2016 // .NET 8 has no overload with a token.
        await (request.Content?.LoadIntoBufferAsync() ?? Task.CompletedTask);
#pragma warning restore CA2016
        return await base.SendAsync(request, cancellationToken);
    }
}

/// <summary>Reads the body as text, like a handler that logs bodies.</summary>
internal sealed class LoggingHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _ = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : null;
        return await base.SendAsync(request, cancellationToken);
    }
}

/// <summary>Sends a copy of the request each time, up to four times, with or without the options of the original.</summary>
internal sealed class CloningHandler(bool copiesOptions) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var response = await base.SendAsync(Copy(request, body), cancellationToken);
                if (response.IsSuccessStatusCode || attempt == 4)
                    return response;
            }
            catch (Exception) when (attempt < 4)
            {
                // Once more.
            }
        }
    }

    private HttpRequestMessage Copy(HttpRequestMessage request, byte[] body)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = new ByteArrayContent(body) };
        foreach (var header in request.Headers)
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        copy.Content.Headers.ContentType = request.Content?.Headers.ContentType;
        foreach (var option in copiesOptions ? request.Options : [])
            ((IDictionary<string, object?>)copy.Options)[option.Key] = option.Value;
        return copy;
    }
}

/// <summary>Requests HTTP/2 only.</summary>
internal sealed class Http2Handler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        (request.Version, request.VersionPolicy) = (System.Net.HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        return base.SendAsync(request, cancellationToken);
    }
}

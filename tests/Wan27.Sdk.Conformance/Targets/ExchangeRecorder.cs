using System.Net;
using System.Net.Http.Headers;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Conformance.Targets;

/// <summary>Records each request and its response, without the request's headers.</summary>
internal sealed class ExchangeRecorder(HttpMessageHandler next) : DelegatingHandler(next)
{
    private const int MaxRequestBody = 64 * 1024;

    private readonly List<Exchange> exchanges = [];

    public IReadOnlyList<Exchange> Exchanges => exchanges;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var recorded = request.Content is { } content ? new RecordedContent(content) : null;
        request.Content = recorded;
        var response = await base.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var replaced = new ByteArrayContent(body);
        foreach (var (name, values) in response.Content.Headers)
            replaced.Headers.TryAddWithoutValidation(name, values);
        response.Content = replaced;
        exchanges.Add(new Exchange
        {
            Method = request.Method.Method,
            Address = Print(request.RequestUri!),
            Status = (int)response.StatusCode,
            Headers = Read(response.Headers)
                .Concat(Read(replaced.Headers))
                .DistinctBy(header => header.Key)
                .ToDictionary(StringComparer.OrdinalIgnoreCase),
            Body = body,
            RequestBody = recorded?.Sent,
            IsBodySent = recorded is { IsSent: true },
        });
        return response;
    }

    // The API's own queries contain no secrets; those of a file host are signatures.
    private static string Print(Uri uri) => uri.AbsolutePath.EndsWith(".mp4", StringComparison.Ordinal)
        ? Redactor.PrintAddress(uri)
        : uri.PathAndQuery;

    private static IEnumerable<KeyValuePair<string, string>> Read(HttpHeaders headers) => headers.NonValidated
        .Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), string.Join(", ", header.Value)));

    /// <summary>Passes the body on as it is written, once, and keeps the beginning.</summary>
    private sealed class RecordedContent : HttpContent
    {
        private readonly HttpContent inner;

        public RecordedContent(HttpContent inner)
        {
            this.inner = inner;
            foreach (var header in inner.Headers.NonValidated)
                Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        public bool IsSent { get; private set; }

        /// <summary>Gets the body if it is short.</summary>
        public byte[]? Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            if (IsSent)
                throw new InvalidOperationException("A second copy of a body was stopped.");
            IsSent = true;
            if (inner.Headers.ContentLength is not <= MaxRequestBody)
            {
                await inner.CopyToAsync(stream, context);
                return;
            }

            var kept = new MemoryStream();
            await inner.CopyToAsync(kept, context);
            Sent = kept.ToArray();
            await stream.WriteAsync(Sent);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = inner.Headers.ContentLength ?? -1;
            return length >= 0;
        }
    }
}

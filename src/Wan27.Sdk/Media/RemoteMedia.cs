namespace Wan27.Sdk.Media;

/// <summary>An address that the service fetches; it goes into the body to the letter, as it may be signed.</summary>
internal sealed class RemoteMedia(string address) : MediaSource
{
    internal string Address { get; } = address;

    public MediaInspection Inspect() =>
        Uri.TryCreate(Address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? new MediaInspection(null, 0, null)
            : new MediaInspection(null, 0, $"is no absolute http or https address{(uri is null ? "" : $" (its scheme is '{uri.Scheme}')")}");
}

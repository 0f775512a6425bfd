using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Wan27.Sdk.Emulator.Api;
using Wan27.Sdk.Emulator.Generations;

namespace Wan27.Sdk.Emulator.Endpoints;

/// <summary>Creates and verifies the signed URLs of result files. The files have their own origin, as at the service.</summary>
internal sealed class FileUrls(int seed, Func<Uri> origin)
{
    private const string Folder = "/files/";
    private const string Extension = ".mp4";

    public string Create(GenerationSnapshot generation)
    {
        var id = generation.Submission.Id;
        var version = generation.UrlVersion;
        var expires = (generation.Submission.AcceptedAt + TimeSpan.FromDays(1)).ToUnixTimeSeconds();
        var signature = Uri.EscapeDataString(Sign(id, version));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{origin()}files/{Uri.EscapeDataString(id)}{Extension}?Expires={expires}&Version={version}&Signature={signature}");
    }

    /// <summary>Parses the generation id and the version of a URL. The version is 0 if the signature is invalid.</summary>
    public (string Id, int Version)? Parse(RequestContext context)
    {
        var path = context.Request.Path;
        if (!path.StartsWith(Folder, StringComparison.Ordinal) || !path.EndsWith(Extension, StringComparison.Ordinal))
            return null;

        // The path still contains the escape sequence of a slash: some ids have the id of a model at their end.
        var id = Uri.UnescapeDataString(path[Folder.Length..^Extension.Length]);
        var text = context.GetQueryValue("Version");
        var isSigned = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && context.GetQueryValue("Signature") == Sign(id, version);
        return (id, isSigned ? version : 0);
    }

    // Base64, so that the query contains escape sequences, which a client must not change.
    private string Sign(string id, int version) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{id}/{version}")));
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Wan27.Sdk.Emulator.Generations;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>Makes and checks the signed URLs of result files, which live on an origin of their own as they do at the service.</summary>
internal sealed class FileUrls(int seed, Func<Uri> origin)
{
    private const string Folder = "/files/";
    private const string Extension = ".mp4";

    public string For(GenerationSnapshot generation)
    {
        var id = generation.Submission.Id;
        var expires = (generation.Submission.AcceptedAt + TimeSpan.FromDays(1)).ToUnixTimeSeconds();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{origin()}files/{id}{Extension}?Expires={expires}&Version={generation.UrlVersion}&Signature={Uri.EscapeDataString(Sign(id, generation.UrlVersion))}");
    }

    /// <summary>The generation and the version that a URL is signed for.</summary>
    public (string Id, int Version)? Read(Call call)
    {
        var path = call.Request.Path;
        if (!path.StartsWith(Folder, StringComparison.Ordinal) || !path.EndsWith(Extension, StringComparison.Ordinal))
            return null;

        var id = path[Folder.Length..^Extension.Length];
        var isSigned = int.TryParse(call.Query("Version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && call.Query("Signature") == Sign(id, version);
        return (id, isSigned ? version : 0);
    }

    // Base64, so that the query holds escapes which a client must not rewrite.
    private string Sign(string id, int version) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{id}/{version}")));
}

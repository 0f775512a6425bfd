using System.Text;
using Wan27.Sdk.Media;
using Wan27.Sdk.Requests;

namespace Wan27.Sdk.Tests.Requests;

/// <summary>The bytes that a request would send.</summary>
internal static class Bodies
{
    public static async Task<string> OfAsync(VideoGenerationRequest request)
    {
        using var media = new MediaSet();
        return await OfAsync(RequestFields.ToBody(request, media));
    }

    public static async Task<string> OfAsync(RequestBody body)
    {
        using var stream = new MemoryStream();
        await body.WriteToAsync(stream, _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal(body.Length, stream.Length);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

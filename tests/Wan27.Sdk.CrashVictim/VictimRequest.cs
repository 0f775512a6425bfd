namespace Wan27.Sdk.CrashVictim;

/// <summary>The request for an id: the same in the process that is killed and in the one after it.</summary>
public static class VictimRequest
{
    // Its first half is longer than a piece of a body, which is read completely before it is sent.
    private const int ImageLength = 480 * 1024;

    /// <param name="clientRequestId">The id.</param>
    /// <param name="point">The point at which the process is killed; null if it is not.</param>
    public static VideoGenerationRequest Of(string clientRequestId, CrashPoint? point = null) => new ImageToVideoRequest
    {
        Prompt = $"the lighthouse of {clientRequestId}",
        Image = point is CrashPoint.InsideBody
            ? MediaSource.FromStream(new CrashingImage(CreateImage(), clientRequestId))
            : MediaSource.FromBytes(CreateImage()),
        Duration = VideoDuration.FiveSeconds,
        ClientRequestId = clientRequestId,
    };

    /// <summary>Reports that a submission has reached its point, and never returns.</summary>
    public static async Task AwaitDeathAsync(string clientRequestId)
    {
        await Console.Out.WriteLineAsync(clientRequestId);
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>A bitmap whose header states 320 by 320 pixels. Only the header is read.</summary>
    private static byte[] CreateImage()
    {
        var image = new byte[ImageLength];
        "BM"u8.CopyTo(image);
        BitConverter.TryWriteBytes(image.AsSpan(2), ImageLength);
        image[10] = 54;
        image[14] = 40;
        BitConverter.TryWriteBytes(image.AsSpan(18), 320);
        BitConverter.TryWriteBytes(image.AsSpan(22), 320);
        image[26] = 1;
        image[28] = 24;
        return image;
    }
}

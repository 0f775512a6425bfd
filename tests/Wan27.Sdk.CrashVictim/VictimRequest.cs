namespace Wan27.Sdk.CrashVictim;

/// <summary>The request of an id: the same in the process that dies and in the one that comes after it.</summary>
public static class VictimRequest
{
    // Its first half is longer than a piece of a body, which is read completely before it is sent.
    private const int PictureLength = 480 * 1024;

    /// <param name="clientRequestId">The id.</param>
    /// <param name="point">Where the process is to die; null to live.</param>
    public static VideoGenerationRequest Of(string clientRequestId, CrashPoint? point = null) => new ImageToVideoRequest
    {
        Prompt = $"the lighthouse of {clientRequestId}",
        Image = point is CrashPoint.InsideBody
            ? MediaSource.FromStream(new CrashingPicture(Picture(), clientRequestId))
            : MediaSource.FromBytes(Picture()),
        Duration = VideoDuration.FiveSeconds,
        ClientRequestId = clientRequestId,
    };

    /// <summary>Reports that a submission has reached its point, and never returns.</summary>
    public static async Task AwaitDeathAsync(string clientRequestId)
    {
        await Console.Out.WriteLineAsync(clientRequestId);
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>A bitmap of 320 by 320 pixels as far as its header goes, which is as far as anybody looks.</summary>
    private static byte[] Picture()
    {
        var picture = new byte[PictureLength];
        "BM"u8.CopyTo(picture);
        BitConverter.TryWriteBytes(picture.AsSpan(2), PictureLength);
        picture[10] = 54;
        picture[14] = 40;
        BitConverter.TryWriteBytes(picture.AsSpan(18), 320);
        BitConverter.TryWriteBytes(picture.AsSpan(22), 320);
        picture[26] = 1;
        picture[28] = 24;
        return picture;
    }
}

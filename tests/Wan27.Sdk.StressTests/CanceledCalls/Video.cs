namespace Wan27.Sdk.StressTests.CanceledCalls;

/// <summary>The smallest valid file: a type, a movie without a track, and some bytes to download in pieces.</summary>
internal static class Video
{
    public const string Address = "https://cdn.example/video.mp4";

    private const int DataLength = 100 * 1024;

    public static byte[] Bytes { get; } = [.. Box("ftyp", 8), .. Box("moov", 0), .. Box("mdat", DataLength)];

    public static VideoGeneration Generation { get; } = new()
    {
        Id = SuspendingService.GenerationId,
        Status = GenerationStatus.Completed,
        Videos = [new GeneratedVideo { Uri = new Uri(Address) }],
    };

    private static byte[] Box(string type, int length)
    {
        var box = new byte[8 + length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        System.Text.Encoding.ASCII.GetBytes(type, box.AsSpan(4));
        return box;
    }
}

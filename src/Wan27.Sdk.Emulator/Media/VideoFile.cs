namespace Wan27.Sdk.Emulator.Media;

/// <summary>A result file and what identifies its bytes.</summary>
internal sealed record VideoFile(ReadOnlyMemory<byte> Bytes, string Tag);

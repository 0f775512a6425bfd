namespace Wan27.Sdk.Emulator.Media;

/// <summary>A result file and its entity tag.</summary>
internal sealed record VideoFile(ReadOnlyMemory<byte> Bytes, string Tag);

namespace Wan27.Sdk.Tests;

/// <summary>Bytes that can be neither measured nor set back, as those of a socket.</summary>
internal class OneWayStream : MemoryStream
{
    public OneWayStream(params byte[] bytes)
    {
        Write(bytes);
        Position = 0;
    }

    public override bool CanSeek => false;
}

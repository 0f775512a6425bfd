namespace Wan27.Sdk.Tests;

/// <summary>Bytes without a length that cannot be rewound, like those of a socket.</summary>
internal class OneWayStream : MemoryStream
{
    public OneWayStream(params byte[] bytes)
    {
        Write(bytes);
        Position = 0;
    }

    public override bool CanSeek => false;
}

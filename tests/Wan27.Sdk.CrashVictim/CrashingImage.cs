namespace Wan27.Sdk.CrashVictim;

/// <summary>An image whose second half never arrives once its body is being sent.</summary>
internal sealed class CrashingPicture(byte[] picture, string clientRequestId) : MemoryStream(picture)
{
    private int passes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The first pass from the beginning takes the digest for the journal, the second sends.
        if (Position == 0)
            passes++;
        if (passes > 1 && Position > Length / 2)
            await VictimRequest.AwaitDeathAsync(clientRequestId);
        return await base.ReadAsync(buffer, cancellationToken);
    }
}

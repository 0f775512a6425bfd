namespace Wan27.Sdk.CrashVictim;

/// <summary>An image whose second half never arrives once its body is being sent.</summary>
internal sealed class CrashingImage(byte[] image, string clientRequestId) : MemoryStream(image)
{
    private int passes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The first read from the beginning calculates the digest for the journal; the second one sends.
        if (Position == 0)
            passes++;
        if (passes > 1 && Position > Length / 2)
            await VictimRequest.AwaitDeathAsync(clientRequestId);
        return await base.ReadAsync(buffer, cancellationToken);
    }
}

using System.Text.Json;

namespace Wan27.Sdk.CrashVictim;

/// <summary>The journal in a file, with a point to crash before, inside and after each of its writes.</summary>
internal sealed class CrashingJournal(string path, IReadOnlyDictionary<string, CrashPoint> plan) : ISubmissionJournal
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);
    private static readonly byte[] Version = [.. "{\"v\":2,"u8];

    private readonly FileSubmissionJournal inner = new(path);

    public async ValueTask<SubmissionStart> TryBeginAsync(
        SubmissionRecord intent, SubmissionLimits limits, CancellationToken cancellationToken = default)
    {
        await ReachAsync(CrashPoint.BeforeIntent, intent);
        await TearAsync(CrashPoint.InsideIntent, intent);
        var start = await inner.TryBeginAsync(intent, limits, cancellationToken);
        await ReachAsync(CrashPoint.AfterIntent, intent);
        return start;
    }

    public async ValueTask UpdateAsync(SubmissionChange change, CancellationToken cancellationToken = default)
    {
        var pending = await inner.ReadPendingAsync(cancellationToken);
        var record = change.ApplyTo(pending.Single(one => one.ClientRequestId == change.ClientRequestId))!;
        await ReachAsync(CrashPoint.BeforeEntry, record);
        await TearAsync(CrashPoint.InsideEntry, record);
        await inner.UpdateAsync(change, cancellationToken);
        await ReachAsync(CrashPoint.AfterEntry, record);
    }

    public ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default) =>
        inner.ReadPendingAsync(cancellationToken);

    public ValueTask<SubmissionTotals> ReadTotalsAsync(
        string? budget, string? account, SubmissionLimits limits, CancellationToken cancellationToken = default) =>
        inner.ReadTotalsAsync(budget, account, limits, cancellationToken);

    private async Task ReachAsync(CrashPoint point, SubmissionRecord record)
    {
        if (plan[record.ClientRequestId] == point)
            await VictimRequest.AwaitDeathAsync(record.ClientRequestId);
    }

    /// <summary>Writes half a line, like a process that is killed during the write. It replaces the half line of an earlier process.</summary>
    private async Task TearAsync(CrashPoint point, SubmissionRecord record)
    {
        if (plan[record.ClientRequestId] != point)
            return;
        byte[] line = [.. Version, .. JsonSerializer.SerializeToUtf8Bytes(record, Format).AsSpan(1)];
        while (!await TryAppendAsync(line.AsMemory(0, line.Length / 2)))
            await Task.Yield();
        await VictimRequest.AwaitDeathAsync(record.ClientRequestId);
    }

    private async Task<bool> TryAppendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            var written = new byte[file.Length];
            await file.ReadExactlyAsync(written);
            file.SetLength(written.AsSpan().LastIndexOf((byte)'\n') + 1);
            file.Position = file.Length;
            await file.WriteAsync(bytes);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}

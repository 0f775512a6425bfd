using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using CsCheck;

namespace Wan27.Sdk.Fuzz;

/// <summary>Feeds a target with its corpus and then with corrupt copies of it, for a time; equal seeds give equal bytes.</summary>
internal sealed class Run(FuzzTarget target, byte[][] corpus, uint seed)
{
    private static readonly TimeSpan MaxCpuTime = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private (byte[] Bytes, Exception Reason)? finding;
    private byte[] current = [];
    private long began;

    /// <returns>Whether every promise was kept.</returns>
    public bool For(TimeSpan time)
    {
        using var watchdog = new Timer(_ => ExitIfHanging(), null, Hang, Hang);
        var clock = Stopwatch.StartNew();
        var inputs = 0;
        foreach (var file in corpus)
        {
            Try(file);
            inputs++;
        }

        var (random, mutation) = (new PCG(0, seed), Mutation.Of(corpus));
        for (; clock.Elapsed < time; inputs++)
            Try(mutation.Generate(random, null, out _));

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target.Name,-12} {inputs,9:N0} inputs in {clock.Elapsed.TotalSeconds:0.0} s, seed {seed}: {(finding is null ? "kept" : "BROKEN")}"));
        if (finding is { } found)
            Report(found.Bytes, found.Reason.ToString());
        return finding is null;
    }

    /// <summary>Feeds one input.</summary>
    /// <exception cref="BrokenPromiseException">The input took more time or memory than the limit.</exception>
    public void Feed(byte[] bytes)
    {
        var (cpu, allocated) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
        target.Feed(bytes);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        BrokenPromiseException.ThrowUnless(Environment.CpuUsage.TotalTime - cpu < MaxCpuTime, $"{bytes.Length} bytes took {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0.0} s");
        BrokenPromiseException.ThrowUnless(allocated < MaxAllocated(bytes.Length), $"{bytes.Length} bytes made {allocated} of memory");
    }

    private static long MaxAllocated(long length) => (4L << 20) + (3_000 * length);

    // After a first finding, searches for the shortest input.
    private void Try(byte[] bytes)
    {
        (current, began) = (bytes, Stopwatch.GetTimestamp());
        if (finding is { } found && found.Bytes.Length <= bytes.Length)
            return;
        try
        {
            Feed(bytes);
        }
        catch (Exception e)
        {
            finding = (bytes, e);
        }
    }

    private void ExitIfHanging()
    {
        if (Stopwatch.GetElapsedTime(Volatile.Read(ref began)) < Hang)
            return;
        Report(current, $"no end after {Hang.TotalSeconds} s");
        Environment.Exit(1);
    }

    private void Report(byte[] bytes, string reason)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{target.Name}-{Convert.ToHexString(SHA256.HashData(bytes))[..8]}.bin");
        File.WriteAllBytes(path, bytes);
        Console.Error.WriteLine($"{target.Name}: {reason}\n{bytes.Length} bytes in {path}; look again with: replay {target.Name} {path}");
        if (bytes.Length <= 3_000)
            Console.Error.WriteLine($"In Base64: {Convert.ToBase64String(bytes)}");
    }
}

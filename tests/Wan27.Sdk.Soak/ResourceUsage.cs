using System.Diagnostics;

namespace Wan27.Sdk.Soak;

/// <summary>What a leak would make grow, measured between two rounds, when nothing is under way.</summary>
/// <param name="Heap">Bytes that are still reachable.</param>
/// <param name="Handles">File descriptors, or what the system calls handles.</param>
/// <param name="Threads">Of the process.</param>
/// <param name="Connections">Open connections of clients.</param>
internal readonly record struct Vitals(long Heap, long Handles, long Threads, long Connections)
{
    public static Vitals Measure(long connections)
    {
        // What the first collection finalises, the second takes away.
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        const string descriptors = "/proc/self/fd";
        return new Vitals(
            GC.GetTotalMemory(forceFullCollection: true),
            Directory.Exists(descriptors) ? Directory.EnumerateFileSystemEntries(descriptors).Count() : process.HandleCount,
            process.Threads.Count,
            connections);
    }
}

using System.Diagnostics;

namespace Wan27.Sdk.Soak;

/// <summary>Values that a leak would increase, measured between two rounds when nothing is running.</summary>
/// <param name="Heap">Bytes that are still reachable.</param>
/// <param name="Handles">File descriptors, or what the system calls handles.</param>
/// <param name="Threads">The threads of the process.</param>
/// <param name="Connections">Open connections of clients.</param>
internal readonly record struct ResourceUsage(long Heap, long Handles, long Threads, long Connections)
{
    public static ResourceUsage Measure(long connections)
    {
        // The second collection frees the objects that the first one finalizes.
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        const string descriptors = "/proc/self/fd";
        return new ResourceUsage(
            GC.GetTotalMemory(forceFullCollection: true),
            Directory.Exists(descriptors) ? Directory.EnumerateFileSystemEntries(descriptors).Count() : process.HandleCount,
            process.Threads.Count,
            connections);
    }
}

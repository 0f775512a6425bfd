namespace Wan27.Sdk.Emulator.Scripts;

/// <summary>The scripts that wait for a generation. The first that fits is used, so a list of them plays in order.</summary>
internal sealed class ScriptBook
{
    private static readonly EmulatorScript ByTheClock = new();

    private readonly object gate = new();
    private readonly List<Entry> entries = [];

    public void Add(EmulatorScript script, Func<EmulatorSubmission, bool> fits, int times)
    {
        lock (gate)
            entries.Add(new Entry(script, fits, times));
    }

    public EmulatorScript Take(EmulatorSubmission submission)
    {
        lock (gate)
        {
            var found = entries.FindIndex(entry => entry.Fits(submission));
            if (found < 0)
                return ByTheClock;

            var entry = entries[found];
            if (entry.Times == 1)
                entries.RemoveAt(found);
            else
                entries[found] = entry with { Times = entry.Times - 1 };
            return entry.Script;
        }
    }

    private sealed record Entry(EmulatorScript Script, Func<EmulatorSubmission, bool> Fits, int Times);
}

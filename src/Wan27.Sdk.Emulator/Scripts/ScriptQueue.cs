namespace Wan27.Sdk.Emulator.Scripts;

/// <summary>The scripts of the next generations. Each generation takes the first script that matches it.</summary>
internal sealed class ScriptQueue
{
    private static readonly EmulatorScript Default = new();

    private readonly object gate = new();
    private readonly List<Entry> entries = [];

    public void Add(EmulatorScript script, Func<EmulatorSubmission, bool> predicate, int times)
    {
        lock (gate)
            entries.Add(new Entry(script, predicate, times));
    }

    public EmulatorScript Take(EmulatorSubmission submission)
    {
        lock (gate)
        {
            var index = entries.FindIndex(entry => entry.Predicate(submission));
            if (index < 0)
                return Default;

            var entry = entries[index];
            if (entry.Remaining == 1)
                entries.RemoveAt(index);
            else
                entries[index] = entry with { Remaining = entry.Remaining - 1 };
            return entry.Script;
        }
    }

    private sealed record Entry(EmulatorScript Script, Func<EmulatorSubmission, bool> Predicate, int Remaining);
}

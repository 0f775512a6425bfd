namespace Wan27.Sdk.StressTests.FaultedSubmits;

/// <summary>A caller's journal in memory in which some calls fail.</summary>
internal static class FaultyJournal
{
    public static MemoryJournal Create(Random random, double faultRate)
    {
        return new MemoryJournal { Begin = Fail, Update = Fail, Read = Fail };

        void Fail()
        {
            if (random.NextDouble() < faultRate)
                throw new IOException("The database is away.");
        }
    }
}

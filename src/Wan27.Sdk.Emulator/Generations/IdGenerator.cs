namespace Wan27.Sdk.Emulator.Generations;

/// <summary>Generates ids in the format of the service. The same seed produces the same ids.</summary>
internal sealed class IdGenerator(int seed)
{
    // The characters of the generation ids in the service's own responses. An id can start with a dash.
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";

    private readonly object gate = new();
    private readonly Random random = new(seed);

    public string NewGenerationId() => Create(21, Alphabet);

    public string NewRequestId() => Create(32, "0123456789abcdef");

    private string Create(int length, string alphabet)
    {
        Span<char> id = stackalloc char[length];
        lock (gate)
            random.GetItems(alphabet, id);
        return new string(id);
    }
}

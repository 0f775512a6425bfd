namespace Wan27.Sdk.Emulator.Tasks;

/// <summary>Draws ids from a seed, in the shape that the service gives them.</summary>
internal sealed class Identifiers(int seed)
{
    // 21 characters of this alphabet, as the service answers; an id may begin with a dash.
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";

    private readonly object gate = new();
    private readonly Random random = new(seed);

    public string Generation() => Draw(21, Alphabet);

    public string Request() => Draw(32, "0123456789abcdef");

    private string Draw(int length, string alphabet)
    {
        Span<char> id = stackalloc char[length];
        lock (gate)
            random.GetItems(alphabet, id);
        return new string(id);
    }
}

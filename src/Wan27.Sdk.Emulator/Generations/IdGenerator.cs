namespace Wan27.Sdk.Emulator.Generations;

/// <summary>Generates ids in the format of the service. The same seed produces the same ids.</summary>
internal sealed class IdGenerator(int seed)
{
    // The characters of the generation ids in the service's own responses. An id can start with a dash.
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";

    private const string Hex = "0123456789abcdef";
    private const string LowerCase = "0123456789abcdefghijklmnopqrstuvwxyz";

    private readonly object gate = new();
    private readonly Random random = new(seed);

    public string NewGenerationId() => Create(21, Alphabet);

    public string NewGenerationId(EmulatorIdFormat format, EmulatorSubmission submission) => format switch
    {
        EmulatorIdFormat.Uuid => NewUuid(),
        EmulatorIdFormat.UuidAndModel => $"{NewUuid()}:{submission.Model}",
        EmulatorIdFormat.Digits => NewDigits(),
        EmulatorIdFormat.DigitsAndModel => $"{NewDigits()}:{submission.Model}",
        EmulatorIdFormat.PrefixAndTime => FormattableString.Invariant(
            $"cgt-{submission.AcceptedAt.UtcDateTime:yyyyMMddHHmmss}-{Create(5, LowerCase)}"),
        EmulatorIdFormat.HexAndModel => $"video_{Create(32, Hex)}:{submission.Model[(submission.Model.IndexOf('/') + 1)..]}",
        _ => NewGenerationId(),
    };

    public string NewRequestId() => Create(32, Hex);

    private string NewDigits() => $"2{Create(14, "0123456789")}";

    private string NewUuid() => $"{Create(8, Hex)}-{Create(4, Hex)}-4{Create(3, Hex)}-a{Create(3, Hex)}-{Create(12, Hex)}";

    private string Create(int length, string alphabet)
    {
        Span<char> id = stackalloc char[length];
        lock (gate)
            random.GetItems(alphabet, id);
        return new string(id);
    }
}

using System.Diagnostics;

namespace Wan27.Sdk.Transport;

/// <summary>A checked key. Nothing but <see cref="Reveal"/> shows it.</summary>
[DebuggerDisplay("***")]
internal sealed class ApiKey
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string value;

    private ApiKey(string value) => this.value = value;

    /// <exception cref="ArgumentException">The key is blank or holds what no header can carry; the message does not contain it.</exception>
    public static ApiKey Parse(string? key)
    {
        if (string.IsNullOrWhiteSpace(key))
            throw new ArgumentException("The API key is empty.");
        for (var i = 0; i < key.Length; i++)
        {
            if (key[i] is <= ' ' or > '~')
                throw new ArgumentException($"The API key holds a character at position {i} that is not printable ASCII (a line break or a blank, perhaps).");
        }

        return new ApiKey(key);
    }

    public string Reveal() => value;

    public override string ToString() => "***";
}

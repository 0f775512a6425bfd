using System.Text;

namespace Wan27.Cli.Output;

/// <summary>Writes for a person as long as that is possible: a full disk or a closed pipe under the progress must not end what was paid for.</summary>
internal sealed class QuietWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Quietly(() => inner.Write(value));

    public override void Write(string? value) => Quietly(() => inner.Write(value));

    public override void WriteLine(string? value) => Quietly(() => inner.WriteLine(value));

    public override void Flush() => Quietly(inner.Flush);

    private static void Quietly(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
        }
    }
}

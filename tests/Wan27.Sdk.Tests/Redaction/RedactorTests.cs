using System.Text;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Tests.Redaction;

public sealed class RedactorTests
{
    [Theory]
    [InlineData("see https://h.example/a and https://h.example/b?sig=1", "see https://h.example/a and https://h.example/b?***")]
    [InlineData("key sk-12 and sk-1234, not sk-1", "key *** and ***, not sk-1")]
    [InlineData("a three: cat", "a three: cat")]
    [InlineData("a four: frog", "a four: ***")]
    [InlineData("data:image/png;base64,iVBORw0KGgo=", "data:image/png;base64,***")]
    [InlineData("line\nfeed", "line\\u000Afeed")]
    public void Secrets_are_taken_out_and_the_rest_is_left(string words, string expected)
    {
        var redactor = new Redactor("sk-12", null, "cat", "sk-1234", "frog");

        Assert.Equal(expected, redactor.Print(words));
        Assert.Equal(expected, redactor.Print(Encoding.UTF8.GetBytes(words)));
    }

    [Theory]
    [InlineData(Redactor.MaxLength - 1, "", Redactor.MaxLength - 1)]
    [InlineData(Redactor.MaxLength, "", Redactor.MaxLength)]
    [InlineData(Redactor.MaxLength, "b", Redactor.MaxLength)]
    [InlineData(Redactor.MaxLength - 2, "\n", Redactor.MaxLength)]
    [InlineData(Redactor.MaxLength - 6, "\n", Redactor.MaxLength)]
    [InlineData(64 * 1024, "b", Redactor.MaxLength)]
    public void They_are_not_cut_within_a_character(int length, string more, int expected) =>
        Assert.Equal(expected, Redactor.None.Print(new string('a', length) + more).Length);
}

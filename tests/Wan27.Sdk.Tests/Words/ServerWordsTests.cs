using System.Text;
using Wan27.Sdk.Words;

namespace Wan27.Sdk.Tests.Words;

public sealed class ServerWordsTests
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
        string?[] secrets = ["sk-12", null, "cat", "sk-1234", "frog"];

        Assert.Equal(expected, ServerWords.Print(words, secrets));
        Assert.Equal(expected, ServerWords.Print(Encoding.UTF8.GetBytes(words), secrets));
    }

    [Theory]
    [InlineData(ServerWords.MaxLength - 1, "", ServerWords.MaxLength - 1)]
    [InlineData(ServerWords.MaxLength, "", ServerWords.MaxLength)]
    [InlineData(ServerWords.MaxLength, "b", ServerWords.MaxLength)]
    [InlineData(ServerWords.MaxLength - 2, "\n", ServerWords.MaxLength)]
    [InlineData(ServerWords.MaxLength - 6, "\n", ServerWords.MaxLength)]
    [InlineData(64 * 1024, "b", ServerWords.MaxLength)]
    public void They_are_cut_to_the_character(int length, string more, int expected) => Assert.Equal(expected, ServerWords.Print(new string('a', length) + more).Length);
}

using System.Net;
using System.Text.Json;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Tests.Redaction;

/// <summary>A service repeats a prompt in some form: no form of it is printed.</summary>
public sealed class RedactedFormTests
{
    private const string Prompt = "  The miller's daughter  sells \"fish & chips\",\n50% of it; then: café + sea <b>now</b>  ";

    private static readonly Redactor Redactor = new(Prompt, "sk-canary-0123456789");

    public static TheoryData<string, string> Forms { get; } = new()
    {
        { "as it is", Prompt },
        { "trimmed", Prompt.Trim() },
        { "collapsed", string.Join(' ', Prompt.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) },
        { "upper case", Prompt.ToUpperInvariant() },
        { "JSON", JsonSerializer.Serialize(Prompt) },
        { "JSON twice", JsonSerializer.Serialize(JsonSerializer.Serialize(Prompt)) },
        { "HTML", WebUtility.HtmlEncode(Prompt) },
        { "HTML twice", WebUtility.HtmlEncode(WebUtility.HtmlEncode(Prompt)) },
        { "URL", Uri.EscapeDataString(Prompt) },
        { "form", WebUtility.UrlEncode(Prompt) },
        { "lower-case URL", Uri.EscapeDataString(Prompt).Replace("%C3%A9", "%c3%a9", StringComparison.Ordinal) },
        { "HTML in JSON", JsonSerializer.Serialize(WebUtility.HtmlEncode(Prompt)) },
        { "cut at its end", Prompt[..40] },
        { "cut at its beginning", Prompt[20..] },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_prompt_is_replaced_in_every_form(string form, string echo)
    {
        var printed = Redactor.Print($"the prompt '{echo}' is not allowed");

        Assert.True(!Words().Any(word => printed.Contains(word, StringComparison.OrdinalIgnoreCase)), $"{form}: {printed}");
        Assert.StartsWith("the prompt '", printed, StringComparison.Ordinal);
        Assert.EndsWith("' is not allowed", printed, StringComparison.Ordinal);

        static string[] Words() => ["keeper", "daughter", "fish", "chips", "caf", "sea"];
    }

    [Theory]
    [InlineData("100 % of these & those \\ are %zz fine &nothing; + \\u12")]
    [InlineData("%")]
    [InlineData("&")]
    [InlineData("\\")]
    [InlineData("%E2%82")]
    public void Other_text_is_left_as_it_is(string text) => Assert.Equal(text, Redactor.Print(text));

    [Fact]
    public void An_id_can_contain_a_part_of_a_prompt_but_not_a_complete_secret()
    {
        var redactor = new Redactor("animate alibaba/wan-2-7-i2v, please", "sk-canary-0123456789");

        Assert.True(redactor.IsId("uuid:alibaba/wan-2-7-i2v"));
        Assert.False(redactor.IsId("gen-sk-canary-0123456789"));
        Assert.False(redactor.IsId("   "));
    }

    [Fact]
    public void A_secret_that_is_cut_by_the_limit_of_what_is_read_is_not_printed() =>
        Assert.DoesNotContain("sk-can", Redactor.Print(string.Concat(Enumerable.Repeat(Prompt, 64 * 1024 / Prompt.Length)) + "sk-canary-0123456789"), StringComparison.Ordinal);
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wan27.Cli.Tests;

/// <summary>Models other than those with options of their own.</summary>
public sealed class ModelTests
{
    [Fact]
    public async Task Models_are_listed_with_their_prices()
    {
        await using var fixture = await CliFixture.StartAsync();

        var lines = (await fixture.RunAsync("models")).Output.Split(Environment.NewLine);
        using var json = JsonDocument.Parse((await fixture.RunAsync("models", "--json")).Output);

        Assert.Contains("alibaba/wan-2-7-t2v  0.13 to 0.195 USD per second", lines);
        Assert.Contains("luma/ray-2  0.50 USD per video", lines);
        Assert.Equal(lines.Length, json.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Fields_are_JSON_or_text_or_files()
    {
        await using var fixture = await CliFixture.StartAsync();
        await File.WriteAllTextAsync(fixture["lamp.gif"], "GIF89a", TestContext.Current.CancellationToken);

        var (code, output, _) = await fixture.RunAsync(
            "generate", "It turns.", "--model", "luma/ray-2", "--duration", "9", "--field", "image_url=@lamp.gif", "--field", "loop=true",
            "--field", "style=plain text", "--field", """keyframes={"frame0":{"type":"image"}}""", "--interval", "50ms", "-o", "lamp.mp4");

        Assert.Equal((ExitCode.Done, "lamp.mp4"), (code, output));
        var sent = JsonNode.Parse(Assert.Single(fixture.Emulator.Ledger.Submissions).Body)!;
        Assert.StartsWith("data:application/octet-stream;base64,(6 bytes", (string)sent["image_url"]!, StringComparison.Ordinal);
        sent.AsObject().Remove("image_url");
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"model":"luma/ray-2","prompt":"It turns.","duration":9,"loop":true,"style":"plain text","keyframes":{"frame0":{"type":"image"}}}"""),
            sent));
    }

    [Theory]
    [InlineData("--field requires --model", "--field", "loop=true")]
    [InlineData("--field must be name=value", "--model", "m", "--field", "loop")]
    [InlineData("--field loop is given twice", "--model", "m", "--field", "loop=true", "--field", "loop=false")]
    [InlineData("--image cannot be combined with --model", "--model", "m", "--image", "a.png")]
    public async Task A_mistake_is_reported_and_nothing_is_sent(string message, params string[] options)
    {
        await using var fixture = await CliFixture.StartAsync();

        var (code, _, error) = await fixture.RunAsync(["generate", "It turns.", .. options]);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Empty(fixture.Emulator.Ledger.Requests);
    }
}

using System.Text.Json;
using Wan27.Sdk.Emulator;

namespace Wan27.Cli.Tests;

/// <summary>What is wrong with a command line is said in the words of who wrote it, and nothing is sent.</summary>
public sealed class MistakeTests
{
    public static TheoryData<string[], string> Mistakes { get; } = new()
    {
        { ["generate", "x", "--journal", ""], "--journal is empty" },
        { ["generate", "x", "--journal", "/"], "is a folder" },
        { ["generate", "x", "--image", ""], "--image is empty" },
        { ["generate", "x", "--audio", ""], "--audio is empty" },
        { ["generate", "x", "--reference-image", "a.png", "--reference-image", ""], "--reference-image is empty" },
        { ["generate", "x", "--id", ""], "--id is empty" },
        { ["generate", "x", "-o", ""], "--output is empty" },
        { ["resume", "-o", ""], "--output is empty" },
        { ["get", ""], "The id is empty" },
        { ["wait", ""], "The id is empty" },
        { ["download", " "], "The id is empty" },
        { ["recover", ""], "The client-request-id is empty" },
        { ["recover", "a/b"], "allowed are 1 to 128 of A-Z a-z 0-9" },
        { ["generate", "x", "--seed", "abc"], "'abc' is no number for --seed." },
        { ["generate", "x", "--duration", "5s"], "'5s' is no number for --duration." },
        { ["generate", "x", "--max-price", "0,65"], "'0,65' is no number for --max-price." },
        { ["generate", "x", "--watermark", "true"], "--watermark goes with --image or with references." },
        { ["generate", "x", "--first-frame", "a.png"], "--first-frame goes with --reference-image or --reference-video." },
        { ["balance", "--base-address", "http://example.com"], "wan27: The address of the API has the scheme 'http'" },
        { ["emulator", "--port", "99999"], "--port must be 0 to 65535." },
        { ["emulator", "--balance", "-1"], "--balance must be 0 or more." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_told_in_one_sentence_and_as_JSON(string[] commandLine, string words)
    {
        await using var fixture = await CliFixture.StartAsync();

        var (code, output, error) = await fixture.RunAsync(commandLine);
        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));

        using var json = JsonDocument.Parse((await fixture.RunAsync([.. commandLine, "--json"])).Output);
        Assert.Equal(2, json.RootElement.GetProperty("exitCode").GetInt32());
        Assert.Contains(words.Replace("wan27: ", "", StringComparison.Ordinal), json.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Empty(fixture.Emulator.Ledger.Requests);
    }

    [Fact]
    public async Task User_secrets_that_are_no_JSON_are_told_and_not_shown()
    {
        await using var fixture = await CliFixture.StartAsync();
        fixture.Environment.Remove("AIMLAPI_API_KEY");
        await fixture.WriteSecretsAsync($$"""{"Wan27:ApiKey": {{fixture.Emulator.ApiKey}}""");

        var (code, _, error) = await fixture.RunAsync("balance");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("are no valid JSON", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_appears_while_it_is_generated_is_told_in_our_words()
    {
        await using var fixture = await CliFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Status(503).On(EmulatorOperations.Get).Always());
        using var process = fixture.Start("generate", CliFixture.Prompt, "--interval", "50ms", "-o", "fox.mp4");
        await process.SeeAsync("accepted as");
        await File.WriteAllTextAsync(fixture["fox.mp4"], "mine", TestContext.Current.CancellationToken);
        fixture.Emulator.Faults.Clear();

        var (code, output, error) = await process.EndAsync();

        fixture.AssertDecent(output + error);
        Assert.Equal(ExitCode.StillRunning, code);
        Assert.Contains("exists; choose another name or add --overwrite", error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(fixture["fox.mp4"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_resumption_that_is_stopped_while_it_reads_tells_of_what_it_saved_before()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl+C cannot be sent to another process there.");
        await using var fixture = await CliFixture.StartAsync();
        _ = await fixture.GenerateAsync("--no-wait", "--id", "first");
        fixture.Emulator.Faults.Add(EmulatorFault.LogRowsWithoutClientId().Always());
        fixture.Emulator.Faults.Add(EmulatorFault.Status(502).AfterAccepting().On(EmulatorOperations.Submit));
        _ = await fixture.GenerateAsync("--no-wait", "--id", "lost", "--search-time", "0s");
        var read = fixture.Emulator.Ledger.Requests.Count;
        fixture.Emulator.Faults.Clear();
        fixture.Emulator.Faults.Add(EmulatorFault.StallAt(0).On(EmulatorOperations.Logs));
        using var process = fixture.Start("resume", "--json", "--journal", fixture["home/wan27/submissions.jsonl"]);
        while (!fixture.Emulator.Ledger.Requests.Skip(read).Any(request => request.Operation == EmulatorOperations.Logs))
            await Task.Delay(20, TestContext.Current.CancellationToken);

        process.PressCtrlC();
        var (code, output, _) = await process.EndAsync();
        using var json = JsonDocument.Parse(output);

        Assert.Equal(ExitCode.Interrupted, code);
        Assert.Equal([("first", 0), (null, 130)], json.RootElement.EnumerateArray().Select(one => (Text(one, "clientRequestId"), one.GetProperty("exitCode").GetInt32())));
        Assert.True(File.Exists(Text(json.RootElement[0], "file")));

        static string? Text(JsonElement one, string name) => one.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    [Fact]
    public async Task Ctrl_C_ends_it_while_it_waits_for_a_prompt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl+C cannot be sent to another process there.");
        await using var fixture = await CliFixture.StartAsync();
        using var process = fixture.Start("generate", "-", "--json");
        await process.SeeAsync("standard input");

        process.PressCtrlC();
        var (code, output, error) = await process.EndAsync();

        fixture.AssertDecent(output + error);
        Assert.Equal(ExitCode.Interrupted, code);
        Assert.Empty(fixture.Emulator.Ledger.Requests);
    }
}

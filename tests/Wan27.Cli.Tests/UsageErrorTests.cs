using System.Text.Json;
using Wan27.Sdk.Emulator;

namespace Wan27.Cli.Tests;

/// <summary>Tests that an invalid command line is reported by its own options, and that nothing is sent.</summary>
public sealed class UsageErrorTests
{
    public static TheoryData<string[], string> Cases { get; } = new()
    {
        { ["generate", "x", "--journal", ""], "--journal must not be empty" },
        { ["generate", "x", "--journal", "/"], "is a folder" },
        { ["generate", "x", "--image", ""], "--image must not be empty" },
        { ["generate", "x", "--audio", ""], "--audio must not be empty" },
        { ["generate", "x", "--reference-image", "a.png", "--reference-image", ""], "--reference-image must not be empty" },
        { ["generate", "x", "--id", ""], "--id must not be empty" },
        { ["generate", "x", "-o", ""], "--output must not be empty" },
        { ["resume", "-o", ""], "--output must not be empty" },
        { ["get", ""], "The id must not be empty" },
        { ["wait", ""], "The id must not be empty" },
        { ["download", " "], "The id must not be empty" },
        { ["recover", ""], "The client-request-id must not be empty" },
        { ["recover", "a/b"], "has the character '/' at position 1; allowed are A-Z a-z 0-9" },
        { ["generate", "x", "--seed", "abc"], "--seed must be a number (was 'abc')." },
        { ["generate", "x", "--duration", "5m"], "--duration must be a number (was '5m')." },
        { ["generate", "x", "--max-price", "0,65"], "--max-price must be a number (was '0,65')." },
        { ["generate", "x", "--watermark", "true"], "--watermark requires --image or references." },
        { ["generate", "x", "--first-frame", "a.png"], "--first-frame requires --reference-image or --reference-video." },
        { ["balance", "--base-address", "http://example.com"], "wan27: The base address of the API has the scheme 'http'" },
        { ["emulator", "--port", "99999"], "--port must be 0 to 65535 (was 99999)." },
        { ["emulator", "--balance", "-1"], "--balance must be 0 or more (was -1)." },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_usage_error_is_printed_on_one_line_and_as_JSON(string[] commandLine, string text)
    {
        await using var fixture = await CliFixture.StartAsync();

        var (code, output, error) = await fixture.RunAsync(commandLine);
        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Contains(text, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));

        using var json = JsonDocument.Parse((await fixture.RunAsync([.. commandLine, "--json"])).Output);
        Assert.Equal(2, json.RootElement.GetProperty("exitCode").GetInt32());
        Assert.Contains(text.Replace("wan27: ", "", StringComparison.Ordinal), json.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Empty(fixture.Emulator.Ledger.Requests);
    }

    [Theory]
    [InlineData("generate", true)]
    [InlineData("validate", true)]
    [InlineData("get", false)]
    public async Task Unquoted_words_get_a_hint_where_a_prompt_is_expected(string command, bool hasHint)
    {
        await using var fixture = await CliFixture.StartAsync();

        var (code, output, error) = await fixture.RunAsync(command, "The", "lamp", "5", "--json");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Equal((hasHint, hasHint), (error.Contains("in quotes", StringComparison.Ordinal), output.Contains("in quotes", StringComparison.Ordinal)));
        Assert.DoesNotContain("Did you mean", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_close_name_is_suggested()
    {
        await using var fixture = await CliFixture.StartAsync();

        var (_, _, error) = await fixture.RunAsync("generate", "x", "--durations");

        Assert.Matches("Did you mean one of the following\\?\\s+--duration\\s", error);
    }

    [Fact]
    public async Task Invalid_user_secrets_are_reported_and_not_printed()
    {
        await using var fixture = await CliFixture.StartAsync();
        fixture.Environment.Remove("AIMLAPI_API_KEY");
        await fixture.WriteSecretsAsync($$"""{"Wan27:ApiKey": {{fixture.Emulator.ApiKey}}""");

        var (code, _, error) = await fixture.RunAsync("balance");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("are not valid JSON", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_appears_during_the_generation_is_not_replaced()
    {
        await using var fixture = await CliFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Status(503).On(EmulatorOperations.Get).Always());
        using var process = fixture.Start("generate", CliFixture.Prompt, "--interval", "50ms", "-o", "fox.mp4");
        await process.WaitForErrorAsync("accepted as");
        await File.WriteAllTextAsync(fixture["fox.mp4"], "mine", TestContext.Current.CancellationToken);
        fixture.Emulator.Faults.Clear();

        var (code, output, error) = await process.WaitForExitAsync();

        fixture.AssertClean(output + error);
        Assert.Equal(ExitCode.StillRunning, code);
        Assert.Contains("exists", error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(fixture["fox.mp4"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_canceled_resume_reports_what_it_saved_before()
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
        var (code, output, _) = await process.WaitForExitAsync();
        using var json = JsonDocument.Parse(output);

        Assert.Equal(ExitCode.Interrupted, code);
        Assert.Equal([("first", 0), (null, 130)], json.RootElement.EnumerateArray().Select(one => (Text(one, "clientRequestId"), one.GetProperty("exitCode").GetInt32())));
        Assert.True(File.Exists(Text(json.RootElement[0], "file")));

        static string? Text(JsonElement one, string name) => one.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    [Fact]
    public async Task Ctrl_C_cancels_a_read_of_the_prompt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl+C cannot be sent to another process there.");
        await using var fixture = await CliFixture.StartAsync();
        using var process = fixture.Start("generate", "-", "--json");
        await process.WaitForErrorAsync("standard input");

        process.PressCtrlC();
        var (code, output, error) = await process.WaitForExitAsync();

        fixture.AssertClean(output + error);
        Assert.Equal(ExitCode.Interrupted, code);
        Assert.Empty(fixture.Emulator.Ledger.Requests);
    }
}

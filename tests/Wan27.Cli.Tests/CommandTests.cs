using System.Text.Json;
using Wan27.Sdk.Emulator;

namespace Wan27.Cli.Tests;

public sealed class CommandTests
{
    [Fact]
    public async Task Balance_and_prices_are_printed_as_text_and_as_JSON()
    {
        await using var fixture = await CliFixture.StartAsync(options => options.Balance = 12.5m);

        Assert.Equal("12.50 USD", (await fixture.RunAsync("balance")).Output);
        using var balance = JsonDocument.Parse((await fixture.RunAsync("balance", "--json")).Output);
        Assert.Equal(12.5m, balance.RootElement.GetProperty("amount").GetDecimal());
        Assert.Equal("t2v  720p    5 s     0.65 USD", (await fixture.RunAsync("price", "t2v", "--resolution", "720p", "--duration", "5")).Output);
        using var prices = JsonDocument.Parse((await fixture.RunAsync("price", "--json")).Output);
        Assert.Equal(18, prices.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task An_unlisted_price_is_unknown_and_exits_with_1()
    {
        await using var fixture = await CliFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.UnlistedModel());

        var (code, output, _) = await fixture.RunAsync("price", "t2v", "--duration", "5", "--resolution", "720p");

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("unknown: the price list does not have", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_generation_is_read_awaited_and_downloaded_by_its_id()
    {
        await using var fixture = await CliFixture.StartAsync();
        var id = (await fixture.GenerateAsync("--no-wait")).Output;

        Assert.Equal($"{id}  completed  cost: 0.65 USD (final)", (await fixture.RunAsync("get", "--", id)).Output);
        Assert.Equal("a.mp4", (await fixture.RunAsync("wait", "--interval", "50ms", "-o", "a.mp4", "--", id)).Output);
        Assert.Equal("b.mp4", (await fixture.RunAsync("download", "-o", "b.mp4", "--", id)).Output);
        Assert.Equal(ExitCode.Usage, (await fixture.RunAsync("download", "-o", "b.mp4", "--", id)).Code);
        Assert.Equal(ExitCode.Done, (await fixture.RunAsync("download", "-o", "b.mp4", "--overwrite", "--json", "--", id)).Code);
        Assert.Equal(new FileInfo(fixture["a.mp4"]).Length, new FileInfo(fixture["b.mp4"]).Length);
    }

    [Fact]
    public async Task Resume_reports_each_outcome_and_exits_with_the_most_severe_code()
    {
        await using var fixture = await CliFixture.StartAsync();
        _ = await fixture.GenerateAsync("--no-wait", "--id", "good");
        fixture.Emulator.Script(EmulatorScript.FailWith("Policy", "no"));
        _ = await fixture.GenerateAsync("--no-wait", "--id", "bad");

        var (code, output, _) = await fixture.RunAsync("resume", "--interval", "50ms", "--json");
        using var json = JsonDocument.Parse(output);

        Assert.Equal(ExitCode.GenerationFailed, code);
        Assert.Equal(
            [("good", 0), ("bad", 4)],
            json.RootElement.EnumerateArray().Select(one => (one.GetProperty("clientRequestId").GetString()!, one.GetProperty("exitCode").GetInt32())));
        Assert.True(File.Exists(fixture[$"video-{fixture.Emulator.Ledger.Submissions[0].Id}.mp4"]));
    }

    [Fact]
    public async Task Resume_prints_an_id_or_a_file_for_each()
    {
        await using var fixture = await CliFixture.StartAsync();
        _ = await fixture.GenerateAsync("--no-wait", "--id", "order-1");
        _ = await fixture.GenerateAsync("--no-wait", "--id", "order-2");
        var ids = fixture.Emulator.Ledger.Submissions.Select(submission => submission.Id).ToList();

        var (_, listed, _) = await fixture.RunAsync("resume", "--no-wait");
        var (_, saved, _) = await fixture.RunAsync("resume", "--interval", "50ms");

        Assert.Equal(ids, listed.Split('\n', StringSplitOptions.TrimEntries));
        Assert.Equal(ids.Select(id => $"video-{id}.mp4"), saved.Split('\n', StringSplitOptions.TrimEntries).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Validation_requires_no_key()
    {
        await using var fixture = await CliFixture.StartAsync();
        fixture.Environment.Remove("AIMLAPI_API_KEY");

        Assert.Equal((ExitCode.Done, "valid for alibaba/wan-2-7-t2v"), (await fixture.RunAsync("validate", "a")) is var (code, output, _) ? (code, output) : default);
        var (_, ofImage, _) = await fixture.RunAsync("validate", "a", "--image", Path.Combine(AppContext.BaseDirectory, "lighthouse.png"));
        Assert.StartsWith("image: PNG, ", ofImage, StringComparison.Ordinal);
        Assert.EndsWith("valid for alibaba/wan-2-7-i2v", ofImage, StringComparison.Ordinal);
        Assert.Empty(fixture.Emulator.Ledger.Requests);
    }

    [Fact]
    public async Task A_key_may_come_from_the_user_secrets()
    {
        await using var fixture = await CliFixture.StartAsync();
        fixture.Environment.Remove("AIMLAPI_API_KEY");
        await fixture.WriteSecretsAsync($$"""{"Wan27:ApiKey":"{{fixture.Emulator.ApiKey}}"}""");

        Assert.Equal(ExitCode.Done, (await fixture.RunAsync("balance")).Code);
    }

    [Fact]
    public async Task The_help_names_every_command_and_every_exit_code()
    {
        await using var fixture = await CliFixture.StartAsync();

        var (code, output, _) = await fixture.RunAsync("--help");

        Assert.Equal(ExitCode.Done, code);
        Assert.All(
            ["generate", "get", "wait", "download", "recover", "resume", "balance", "price", "validate", "doctor", "emulator", "completion", .. ExitCodes.Meanings.Values],
            word => Assert.Contains(word, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commands_options_and_values_are_completed()
    {
        await using var fixture = await CliFixture.StartAsync();

        Assert.Equal(["generate", "get"], await SuggestAsync(fixture, "wan27 ge"));
        Assert.Contains("--resolution", await SuggestAsync(fixture, "wan27 generate --res"));
        Assert.Equal(["1080p", "720p"], await SuggestAsync(fixture, "wan27 price --resolution "));
        Assert.Contains("complete -o default -F _wan27 wan27", (await fixture.RunAsync("completion", "bash")).Output, StringComparison.Ordinal);
    }

    private static async Task<string[]> SuggestAsync(CliFixture fixture, string line) =>
        (await fixture.RunAsync($"[suggest:{line.Length}]", line)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

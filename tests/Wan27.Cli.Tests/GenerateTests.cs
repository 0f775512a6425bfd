using System.Text.Json;
using Wan27.Sdk.Emulator;

namespace Wan27.Cli.Tests;

public sealed class GenerateTests
{
    [Fact]
    public async Task A_video_is_bought_once_and_saved_and_its_file_is_printed()
    {
        await using var fixture = await CliFixture.StartAsync();

        var (code, output, error) = await fixture.GenerateAsync("-o", "fox.mp4");

        Assert.Equal((ExitCode.Done, "fox.mp4"), (code, output));
        Assert.Equal(1, fixture.Emulator.Ledger.CompleteSubmissionBodies);
        Assert.Equal("ftyp"u8.ToArray(), (await File.ReadAllBytesAsync(fixture["fox.mp4"], TestContext.Current.CancellationToken))[4..8]);
        Assert.Contains($"accepted as {fixture.Emulator.Ledger.Submissions[0].Id} (submission ", error, StringComparison.Ordinal);
        Assert.Contains("0.65 USD (final)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_JSON_result_has_the_ids_the_cost_and_the_file()
    {
        await using var fixture = await CliFixture.StartAsync();

        var (_, output, _) = await fixture.GenerateAsync("-o", "fox.mp4", "--json", "--id", "order-1");
        using var json = JsonDocument.Parse(output);

        Assert.Equal(
            (fixture.Emulator.Ledger.Submissions[0].Id, "order-1", "completed", 0.65m, new FileInfo(fixture["fox.mp4"]).Length),
            (Text("id"), Text("clientRequestId"), Text("status"), json.RootElement.GetProperty("costUsd").GetDecimal(), json.RootElement.GetProperty("bytes").GetInt64()));

        string? Text(string name) => json.RootElement.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Two_runs_with_one_id_buy_one_video()
    {
        await using var fixture = await CliFixture.StartAsync();

        _ = await fixture.GenerateAsync("--id", "order-1", "--no-wait");
        var (code, _, _) = await fixture.GenerateAsync("--id", "order-1", "-o", "fox.mp4");

        Assert.Equal(ExitCode.Done, code);
        Assert.Single(fixture.Emulator.Ledger.Submissions);
    }

    [Fact]
    public async Task A_prompt_is_read_from_standard_input_and_an_image_from_a_file()
    {
        await using var fixture = await CliFixture.StartAsync();
        using var process = fixture.Start("generate", "-", "--image", Path.Combine(AppContext.BaseDirectory, "lighthouse.png"), "--no-wait");

        process.Write(CliFixture.Prompt);
        var (code, output, error) = await process.WaitForExitAsync();

        fixture.AssertClean(output + error);
        var submission = Assert.Single(fixture.Emulator.Ledger.Submissions);
        Assert.Equal((ExitCode.Done, submission.Id, "alibaba/wan-2-7-i2v"), (code, output.Trim(), submission.Model));
        Assert.Contains(CliFixture.Prompt, submission.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task References_create_a_reference_to_video_request()
    {
        await using var fixture = await CliFixture.StartAsync();

        _ = await fixture.GenerateAsync("--reference-image", "https://images.example/a.png", "--reference-image", "https://images.example/b.png", "--no-wait");

        var submission = Assert.Single(fixture.Emulator.Ledger.Submissions);
        Assert.Equal("alibaba/wan-2-7-r2v", submission.Model);
        Assert.Contains("b.png", submission.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_wait_is_resumed_and_nothing_is_bought_again()
    {
        await using var fixture = await CliFixture.StartAsync(options => options.GeneratingFor = TimeSpan.FromSeconds(2));
        using (var process = fixture.Start("generate", CliFixture.Prompt, "--id", "order:1", "--interval", "100ms"))
        {
            await process.WaitForErrorAsync("accepted as");
            await process.KillAsync();
        }

        var (code, _, error) = await fixture.RunAsync("resume", "--interval", "100ms");

        Assert.Equal(ExitCode.Done, code);
        var name = $"video-{fixture.Emulator.Ledger.Submissions[0].Id}.mp4";
        Assert.Contains($"order:1: saved {name}", error, StringComparison.Ordinal);
        Assert.True(File.Exists(fixture[name]));
        Assert.Equal(1, fixture.Emulator.Ledger.CompleteSubmissionBodies);
        Assert.Equal("Nothing is pending.", (await fixture.RunAsync("resume")).Error.Trim());
    }

    [Fact]
    public async Task Nothing_is_written_without_a_journal()
    {
        await using var fixture = await CliFixture.StartAsync();

        _ = await fixture.GenerateAsync("--no-wait", "--no-journal");

        Assert.Empty(Directory.EnumerateFileSystemEntries(fixture["home"]));
    }
}

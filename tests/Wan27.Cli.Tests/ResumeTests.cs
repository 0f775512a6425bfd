using System.Text.Json;
using Wan27.Sdk.Emulator;

namespace Wan27.Cli.Tests;

/// <summary>Going on with what is not over spoils nothing that is there, and tells what it did.</summary>
public sealed class ResumeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_of_the_users_stays_as_it_is_unless_it_may_be_replaced()
    {
        await using var fixture = await CliFixture.StartAsync();
        await File.WriteAllTextAsync(fixture["holiday.mp4"], "mine", Cancellation);
        foreach (var id in new[] { "holiday", "other" })
            _ = await fixture.GenerateAsync("--no-wait", "--id", id);

        var (code, _, error) = await fixture.RunAsync("resume", "--interval", "50ms");

        Assert.Equal(ExitCode.StillRunning, code);
        Assert.Contains("add --overwrite to replace it", error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(fixture["holiday.mp4"], Cancellation));
        Assert.Equal(["holiday.mp4", "other.mp4"], fixture.FileNames);

        Assert.Equal(ExitCode.Done, (await fixture.RunAsync("resume", "--interval", "50ms", "--overwrite")).Code);
        Assert.InRange(new FileInfo(fixture["holiday.mp4"]).Length, 10_000, 10_000_000);
    }

    [Fact]
    public async Task Stopped_in_the_middle_it_tells_as_JSON_what_was_saved_until_then()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl+C cannot be sent to another process there.");
        await using var fixture = await CliFixture.StartAsync();
        foreach (var id in new[] { "first", "second" })
            _ = await fixture.GenerateAsync("--no-wait", "--id", id);
        var second = fixture.Emulator.Ledger.Submissions[1].Id;
        fixture.Emulator.Faults.Add(EmulatorFault.StallAt(0).On(EmulatorOperations.Get).When(request => Uri.UnescapeDataString(request.Query).Contains(second, StringComparison.Ordinal)));

        using var process = fixture.Start("resume", "--json", "--interval", "50ms");
        await process.SeeAsync("saved first.mp4");
        process.PressCtrlC();
        var (code, output, _) = await process.EndAsync();

        using var reports = JsonDocument.Parse(output);
        Assert.Equal(["first", "second"], reports.RootElement.EnumerateArray().Select(report => report.GetProperty("clientRequestId").GetString()));
        Assert.Equal((ExitCode.StillRunning, fixture["first.mp4"]), (code, reports.RootElement[0].GetProperty("file").GetString()));
    }
}

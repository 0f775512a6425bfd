using System.Text.Json;
using Wan27.Sdk.Emulator;

namespace Wan27.Cli.Tests;

/// <summary>Each check finds what is wrong, and does not stop the others.</summary>
public sealed class DoctorTests
{
    private static readonly string[] Names = ["key", "base address", "proxy", "DNS", "connection", "clock", "balance", "temporary folder", "journal"];

    [Fact]
    public async Task A_working_installation_passes_every_check_and_buys_nothing()
    {
        await using var fixture = await CliFixture.StartAsync();
        _ = await fixture.GenerateAsync("--no-wait", "--id", "order-1");

        var (code, output, _) = await fixture.RunAsync("doctor");

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(Names, output.Split('\n').Select(line => line["ok     ".Length..line.IndexOf(':', StringComparison.Ordinal)]));
        Assert.Contains("journal: 1 pending; run `wan27 resume`", output, StringComparison.Ordinal);
        Assert.Single(fixture.Emulator.Ledger.Submissions);
    }

    [Fact]
    public async Task A_wrong_key_fails_only_the_balance()
    {
        await using var fixture = await CliFixture.StartAsync();
        fixture.Environment["AIMLAPI_API_KEY"] = "sk-other";

        Assert.Equal(["balance"], await FailedAsync(fixture));
    }

    [Fact]
    public async Task An_unreachable_service_fails_the_connection_and_the_balance()
    {
        await using var fixture = await CliFixture.StartAsync();
        await using var unreachable = await fixture.Emulator.RefuseConnectionsAsync();

        Assert.Equal(["connection", "balance"], await FailedAsync(fixture));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_used_fails_its_check()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The variable has another name there.");
        await using var fixture = await CliFixture.StartAsync();
        fixture.Environment["TMPDIR"] = fixture["missing"];

        Assert.Equal(["temporary folder"], await FailedAsync(fixture));
    }

    [Fact]
    public async Task Without_a_key_the_other_checks_run()
    {
        await using var fixture = await CliFixture.StartAsync();
        fixture.Environment.Remove("AIMLAPI_API_KEY");

        Assert.Equal(["key", "balance"], await FailedAsync(fixture));
    }

    [Fact]
    public async Task A_clock_that_differs_is_reported()
    {
        await using var fixture = await CliFixture.StartAsync(options => options.TimeProvider = new LateClock());

        Assert.Equal(["clock"], await FailedAsync(fixture));
    }

    private static async Task<IEnumerable<string?>> FailedAsync(CliFixture fixture)
    {
        var (code, output, _) = await fixture.RunAsync("doctor", "--json");
        using var json = JsonDocument.Parse(output);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Equal(Names, json.RootElement.EnumerateArray().Select(check => check.GetProperty("name").GetString()));
        return [.. json.RootElement.EnumerateArray().Where(check => !check.GetProperty("isOk").GetBoolean()).Select(check => check.GetProperty("name").GetString())];
    }

    private sealed class LateClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - TimeSpan.FromHours(1);
    }
}

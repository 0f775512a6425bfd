namespace Wan27.Cli.Tests;

public sealed class EmulatorTests
{
    [Fact]
    public async Task The_emulator_serves_until_Ctrl_C_and_prints_its_usage_and_totals()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl+C cannot be sent to another process there.");
        await using var fixture = await CliFixture.StartAsync();
        using var emulator = fixture.Start("emulator", "--queued", "0s", "--generating", "0s", "--balance", "7", "--fault", "lost-answer", "--fault", "status=503@get*2");
        await emulator.WaitForErrorAsync("Ctrl+C stops it.");
        fixture.Environment["WAN27_BASE_ADDRESS"] = emulator.Output.Trim();
        fixture.Environment["AIMLAPI_API_KEY"] = "emulator-key";

        Assert.Equal(ExitCode.Done, (await fixture.GenerateAsync("-o", "fox.mp4")).Code);
        Assert.Equal("6.35 USD", (await fixture.RunAsync("balance")).Output);
        emulator.PressCtrlC();
        var (code, output, error) = await emulator.WaitForExitAsync();

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains($"export WAN27_BASE_ADDRESS={output.Trim()} AIMLAPI_API_KEY=emulator-key", error, StringComparison.Ordinal);
        Assert.Contains("1 generations, 0.65 USD charged (emulated)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_exits_with_1()
    {
        await using var fixture = await CliFixture.StartAsync();

        Assert.Equal(ExitCode.Failed, (await fixture.RunAsync("emulator", "--port", $"{fixture.Emulator.BaseAddress.Port}")).Code);
    }

    [Fact]
    public async Task Every_fault_of_the_help_can_be_parsed()
    {
        await using var fixture = await CliFixture.StartAsync();

        foreach (var name in Emulation.FaultSyntax.Names)
        {
            var value = name switch { "status" => "=503", "slow" or "truncate" => "=5", "late-log" => "=30s", _ => "" };
            Emulation.FaultSyntax.Parse($"{name}{value}*2")(fixture.Emulator);
        }

        Assert.Equal(Emulation.FaultSyntax.Names.Count() - 1, fixture.Emulator.Faults.Pending.Count);
        var readme = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "README.md"), TestContext.Current.CancellationToken);
        Assert.All(Emulation.FaultSyntax.Names, name => Assert.Matches($"`{name}(=[^`]+)?`", readme));
    }
}

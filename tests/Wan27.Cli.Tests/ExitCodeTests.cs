using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Wan27.Sdk.Emulator;

namespace Wan27.Cli.Tests;

public sealed partial class ExitCodeTests
{
    public static TheoryData<string> UsageErrors { get; } =
    [
        "",
        "frob",
        "generate",
        "generate a --duration five",
        "generate a --timeout soon",
        "generate a --timeout 0s",
        "generate a --max-price -1",
        "generate a -o exists.mp4",
        "generate a -o nowhere/fox.mp4",
        "generate a --image a.png --aspect-ratio 1:1",
        "generate a --api-key sk",
        "recover with/slash",
        "resume --no-journal",
        "price t3v",
        "balance --base-address http://example.com",
        "emulator --fault frob",
        "emulator --fault status",
        "emulator --fault status=99",
        "emulator --fault html=3",
        "emulator --fault fail=3",
        "emulator --fault fail@get",
        "emulator --fault late-log=30",
        "emulator --fault reset@nowhere",
    ];

    public static TheoryData<string> Refused { get; } =
    [
        "generate a --duration 7",
        "generate a --image missing.png",
        "generate a --max-price 0.01",
        "generate a --duration 7 --json",
        "validate a --duration 7",
        "validate a --duration 7 --json",
        "get no-such-id",
        "wait no-such-id --interval 100ms",
    ];

    [Theory]
    [MemberData(nameof(UsageErrors))]
    public async Task An_invalid_command_line_exits_with_2_and_sends_nothing(string commandLine)
    {
        await using var fixture = await CliFixture.StartAsync();
        await File.WriteAllTextAsync(fixture["exists.mp4"], "", TestContext.Current.CancellationToken);

        var (code, output, error) = await fixture.RunAsync(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.InRange(error.Trim().Length, 10, 500);
        Assert.Empty(fixture.Emulator.Ledger.Requests);
    }

    [Fact]
    public async Task A_missing_key_exits_with_2_and_prints_how_to_set_it()
    {
        await using var fixture = await CliFixture.StartAsync();
        fixture.Environment.Remove("AIMLAPI_API_KEY");

        var (code, _, error) = await fixture.RunAsync("balance");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("AIMLAPI_API_KEY", error, StringComparison.Ordinal);
    }

    /// <summary>Nothing may be sent to the real service.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task An_empty_address_exits_with_2_and_is_never_the_real_service(string address)
    {
        await using var fixture = await CliFixture.StartAsync();
        AssertUsageErrors(fixture, await fixture.RunAsync("balance", "--base-address", address), "--base-address must not be empty");

        fixture.Environment["WAN27_BASE_ADDRESS"] = address;
        AssertUsageErrors(fixture, await fixture.RunAsync("balance"), "WAN27_BASE_ADDRESS is not an absolute address");
    }

    [Theory]
    [InlineData("wait gen-1 --interval 100ms")]
    [InlineData("download gen-1")]
    public async Task A_rejected_read_exits_with_5_because_the_generation_may_exist(string commandLine)
    {
        await using var fixture = await CliFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Status(401).On(EmulatorOperations.Get).Always());

        var (code, _, error) = await fixture.RunAsync(commandLine.Split(' '));

        Assert.Equal(ExitCode.StillRunning, code);
        Assert.Contains("wan27 wait gen-1", error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_rejected_request_exits_with_3_and_buys_nothing(string commandLine)
    {
        await using var fixture = await CliFixture.StartAsync();

        Assert.Equal(ExitCode.Refused, (await fixture.RunAsync(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Code);
        Assert.Equal(0, fixture.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task An_empty_account_and_a_wrong_key_exit_with_3()
    {
        await using var fixture = await CliFixture.StartAsync(options => options.Balance = 0);
        Assert.Equal(ExitCode.Refused, (await fixture.GenerateAsync("--no-wait")).Code);

        fixture.Environment["AIMLAPI_API_KEY"] = "wrong";
        Assert.Equal(ExitCode.Refused, (await fixture.RunAsync("balance")).Code);
    }

    [Fact]
    public async Task A_failed_generation_exits_with_4()
    {
        await using var fixture = await CliFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.FailWith("ContentPolicy", "no foxes"));

        var (code, _, error) = await fixture.GenerateAsync();

        Assert.Equal(ExitCode.GenerationFailed, code);
        Assert.Contains("no foxes", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_that_times_out_exits_with_5_and_prints_the_next_command()
    {
        await using var fixture = await CliFixture.StartAsync(options => options.GeneratingFor = TimeSpan.FromHours(1));

        var (code, output, error) = await fixture.GenerateAsync("--timeout", "200ms", "--json");
        using var json = JsonDocument.Parse(output);

        Assert.Equal(ExitCode.StillRunning, code);
        AssertNextCommand(fixture, error);
        Assert.Equal((5, NextOf(error)), (json.RootElement.GetProperty("exitCode").GetInt32(), json.RootElement.GetProperty("next").GetString()));
        Assert.Equal(ExitCode.StillRunning, (await fixture.RunAsync([.. NextOf(error).Split(' ')[1..], "--timeout", "200ms"])).Code);
        Assert.Equal(ExitCode.StillRunning, (await fixture.RunAsync("download", "--", fixture.Emulator.Ledger.Submissions[0].Id)).Code);
    }

    [Fact]
    public async Task A_failed_download_exits_with_5_and_succeeds_later()
    {
        await using var fixture = await CliFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Status(404).On(EmulatorOperations.File).Always());

        var (code, _, error) = await fixture.GenerateAsync();
        Assert.Equal(ExitCode.StillRunning, code);
        fixture.Emulator.Faults.Clear();
        var (later, file, _) = await fixture.RunAsync([.. NextOf(error).Split(' ')[1..]]);

        Assert.Equal(ExitCode.Done, later);
        Assert.True(File.Exists(fixture[file]));
    }

    [Fact]
    public async Task A_lost_response_exits_with_6_and_is_found_later()
    {
        await using var fixture = await CliFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Status(502).AfterAccepting().On(EmulatorOperations.Submit));
        fixture.Emulator.Faults.Add(EmulatorFault.LogRowsWithoutClientId().Always());

        var (code, _, error) = await fixture.GenerateAsync("--search-time", "0s", "--id", "order-1");
        Assert.Equal(ExitCode.Unknown, code);
        Assert.Equal("wan27 recover order-1", NextOf(error));
        using var search = fixture.Start("recover", "order-1");
        Assert.Equal((ExitCode.Unknown, ""), await search.WaitForExitAsync() is var (lost, nothing, _) ? (lost, nothing) : default);
        Assert.Equal(ExitCode.Unknown, (await fixture.RunAsync("resume", "--json")).Code);

        fixture.Emulator.Faults.Clear();
        var (found, output, _) = await fixture.RunAsync("recover", "order-1");

        Assert.Equal(ExitCode.Done, found);
        Assert.Equal($"{fixture.Emulator.Ledger.Submissions[0].Id}  completed", output);
        Assert.Equal(1, fixture.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task An_unreadable_log_exits_with_6_because_a_generation_may_exist(int status)
    {
        await using var fixture = await CliFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Status(status).On(EmulatorOperations.Logs).Always());

        var (code, output, error) = await fixture.RunAsync("recover", "order-1", "--json");
        using var json = JsonDocument.Parse(output);

        Assert.Equal((ExitCode.Unknown, "wan27 recover order-1"), (code, NextOf(error)));
        Assert.Equal((6, NextOf(error)), (json.RootElement.GetProperty("exitCode").GetInt32(), json.RootElement.GetProperty("next").GetString()));
    }

    [Theory]
    [InlineData("recover order-1", EmulatorOperations.Logs, 6, "still unknown")]
    [InlineData("balance", EmulatorOperations.Billing, 130, "Canceled.")]
    public async Task Ctrl_C_in_a_command_without_submission_mentions_no_submission(string commandLine, EmulatorOperations operation, int expected, string text)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl+C cannot be sent to another process there.");
        await using var fixture = await CliFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.StallAt(0).On(operation));
        using var process = fixture.Start(commandLine.Split(' '));

        var (code, _, error) = await CancelDuringAsync(fixture, process, operation);

        Assert.Equal((ExitCode)expected, code);
        Assert.Contains(text, error, StringComparison.Ordinal);
        Assert.DoesNotContain("sent", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_service_exits_with_1()
    {
        await using var fixture = await CliFixture.StartAsync();
        await using var unreachable = await fixture.Emulator.RefuseConnectionsAsync();

        var (code, output, _) = await fixture.RunAsync("balance", "--json");

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("\"exitCode\": 1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_during_a_wait_exits_with_5_and_prints_the_next_command()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl+C cannot be sent to another process there.");
        await using var fixture = await CliFixture.StartAsync(options => options.GeneratingFor = TimeSpan.FromHours(1));
        using var process = fixture.Start("generate", CliFixture.Prompt, "--interval", "100ms");
        await process.WaitForErrorAsync("generating");

        process.PressCtrlC();
        var (code, output, error) = await process.WaitForExitAsync();

        Assert.Equal((ExitCode.StillRunning, ""), (code, output));
        AssertNextCommand(fixture, error);
        Assert.Single(Regex.Matches(error, "wan27 wait|WaitAsync"));
        fixture.AssertClean(output + error);
    }

    [Fact]
    public async Task Ctrl_C_during_a_submission_exits_with_6_and_before_it_with_130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl+C cannot be sent to another process there.");
        await using var fixture = await CliFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.StallAt(0).On(EmulatorOperations.Submit), EmulatorFault.StallAt(0).On(EmulatorOperations.Models));

        Assert.Equal(ExitCode.Unknown, await CancelDuringAsync(fixture, EmulatorOperations.Submit, "--id", "order-1"));
        Assert.Equal(ExitCode.Interrupted, await CancelDuringAsync(fixture, EmulatorOperations.Models, "--max-price", "5"));
        Assert.Equal(1, fixture.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public void The_README_has_every_exit_code_with_the_meaning_of_the_help() =>
        Assert.Equal(
            ExitCodes.Meanings.Select(code => ((int)code.Key, code.Value)),
            Row().Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"))).Select(row => (int.Parse(row.Groups[1].ValueSpan, CultureInfo.InvariantCulture), row.Groups[2].Value)));

    [Fact]
    public void Every_exit_code_has_a_meaning() => Assert.Equal(Enum.GetValues<ExitCode>(), ExitCodes.Meanings.Keys);

    private static void AssertUsageErrors(CliFixture fixture, (ExitCode Code, string Output, string Error) ended, string text)
    {
        Assert.Equal((ExitCode.Usage, ""), (ended.Code, ended.Output));
        Assert.Contains(text, ended.Error, StringComparison.Ordinal);
        Assert.InRange(ended.Error.Trim().Split('\n').Length, 1, 2);
        Assert.Empty(fixture.Emulator.Ledger.Requests);
    }

    private static async Task<ExitCode> CancelDuringAsync(CliFixture fixture, EmulatorOperations operation, params string[] more)
    {
        using var process = fixture.Start(["generate", CliFixture.Prompt, .. more]);
        return (await CancelDuringAsync(fixture, process, operation)).Code;
    }

    private static async Task<(ExitCode Code, string Output, string Error)> CancelDuringAsync(CliFixture fixture, CliProcess process, EmulatorOperations operation)
    {
        while (!fixture.Emulator.Ledger.Requests.Any(request => request.Operation == operation && request.IsBodyComplete))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        process.PressCtrlC();
        var (code, output, error) = await process.WaitForExitAsync();
        fixture.AssertClean(output + error);
        return (code, output, error);
    }

    private static void AssertNextCommand(CliFixture fixture, string error)
    {
        var id = fixture.Emulator.Ledger.Submissions[0].Id;
        Assert.Equal(id.StartsWith('-') ? $"wan27 wait -- {id}" : $"wan27 wait {id}", NextOf(error));
        Assert.DoesNotContain("Async", error, StringComparison.Ordinal);
    }

    private static string NextOf(string error) => NextLine().Match(error).Groups[1].Value;

    [GeneratedRegex(@"^\| (\d+) \| (.*) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^Next: (.*)$", RegexOptions.Multiline)]
    private static partial Regex NextLine();
}

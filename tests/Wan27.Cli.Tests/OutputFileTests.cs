using Wan27.Cli.Commands;
using Wan27.Cli.Output;
using Wan27.Sdk.Emulator;

namespace Wan27.Cli.Tests;

/// <summary>Tests the output file, and the next command after a failed download.</summary>
public sealed class OutputFileTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(".", "is a folder")]
    [InlineData("folder", "is a folder")]
    [InlineData("folder/", "is a folder")]
    [InlineData("link.mp4", "is a symbolic link")]
    [InlineData("exists.mp4", "add --overwrite")]
    [InlineData("nowhere/fox.mp4", "does not exist")]
    [InlineData("/proc/fox.mp4", "is not writable")]
    public async Task A_video_that_cannot_be_saved_is_not_bought(string output, string text)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc exists on Linux only and is not writable.");
        await using var fixture = await CliFixture.StartAsync();
        Directory.CreateDirectory(fixture["folder"]);
        File.CreateSymbolicLink(fixture["link.mp4"], fixture["elsewhere.mp4"]);
        await File.WriteAllTextAsync(fixture["exists.mp4"], "", Cancellation);

        foreach (var command in new[] { "generate", "wait", "download" })
        {
            var (code, _, error) = await fixture.RunAsync(command, "x", "-o", output);

            Assert.Equal(ExitCode.Usage, code);
            Assert.Contains(text, error, StringComparison.Ordinal);
        }

        Assert.Empty(fixture.Emulator.Ledger.Requests);
    }

    [Fact]
    public async Task The_check_of_the_output_file_leaves_no_file_and_changes_none()
    {
        await using var fixture = await CliFixture.StartAsync();
        Directory.CreateDirectory(fixture["folder"]);
        await File.WriteAllTextAsync(fixture["folder/fox.mp4.part"], "partial", Cancellation);

        Assert.Equal(ExitCode.Refused, (await fixture.RunAsync("wait", "no-such-id", "--interval", "100ms", "-o", "folder/fox.mp4")).Code);

        Assert.Equal([fixture["folder/fox.mp4.part"]], Directory.GetFileSystemEntries(fixture["folder"]));
        Assert.Equal("partial", await File.ReadAllTextAsync(fixture["folder/fox.mp4.part"], Cancellation));
    }

    [Theory]
    [InlineData("download")]
    [InlineData("resume")]
    public async Task An_interrupted_download_is_resumed_with_the_default_name(string command)
    {
        await using var fixture = await CliFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.CloseAt(5000).On(EmulatorOperations.File), EmulatorFault.Status(404).On(EmulatorOperations.File).Always());
        Assert.Equal(ExitCode.StillRunning, (await fixture.GenerateAsync()).Code);
        fixture.Emulator.Faults.Clear();
        var id = fixture.Emulator.Ledger.Submissions[0].Id;

        Assert.Equal(ExitCode.Done, (await fixture.RunAsync(command == "resume" ? [command] : [command, "--", id])).Code);

        Assert.Equal(206, fixture.Emulator.Ledger.Requests.Last(request => request.Operation == EmulatorOperations.File).Status);
        Assert.InRange(new FileInfo(fixture[$"video-{id}.mp4"]).Length, 10_000, 10_000_000);
    }

    [Theory]
    [InlineData("id_1-a.b", "video-id_1-a.b.mp4")]
    [InlineData("../../etc/passwd", "video-.._.._etc_passwd.mp4")]
    [InlineData("-rf", "video--rf.mp4")]
    [InlineData(@"a:b\c d", "video-a_b_c_d.mp4")]
    public void An_id_becomes_a_file_name_and_never_a_path(string id, string expected) => Assert.Equal(expected, new FileTarget(null, null, false).For(id).ToString());

    [Fact]
    public async Task Resume_keeps_an_existing_file_and_saves_the_others()
    {
        await using var fixture = await CliFixture.StartAsync();
        _ = await fixture.GenerateAsync("--no-wait");
        _ = await fixture.GenerateAsync("--no-wait");
        var names = fixture.Emulator.Ledger.Submissions.Select(submission => $"video-{submission.Id}.mp4").ToList();
        await File.WriteAllTextAsync(fixture[names[0]], "mine", Cancellation);

        var (code, _, error) = await fixture.RunAsync("resume");

        Assert.Equal(ExitCode.StillRunning, code);
        Assert.Equal("mine", await File.ReadAllTextAsync(fixture[names[0]], Cancellation));
        Assert.InRange(new FileInfo(fixture[names[1]]).Length, 10_000, 10_000_000);
        var next = error.Split("Next: wan27 ")[1].Split('\n')[0];
        Assert.StartsWith($"download --output video-{fixture.Emulator.Ledger.Submissions[0].Id}.2.mp4", next, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await fixture.RunAsync(next.Split(' '))).Code);
        Assert.Equal("Nothing is pending.", (await fixture.RunAsync("resume")).Error.Trim());
    }

    [Fact]
    public async Task After_another_download_has_taken_the_name_the_next_command_has_a_free_one()
    {
        await using var fixture = await CliFixture.StartAsync();
        var file = new FileInfo(fixture["fox.mp4"]);
        using var client = new WanVideoClient(new WanVideoClientOptions { ApiKey = fixture.Emulator.ApiKey, BaseAddress = fixture.Emulator.BaseAddress });
        var accepted = await client.CreateAsync(new TextToVideoRequest { Prompt = CliFixture.Prompt }, Cancellation);
        var waiting = new WaitAndDownload(client, PollingOptions.Default, new FileTarget(file, null, false), new OtherDownload(file));

        var error = await Assert.ThrowsAsync<UnfinishedException>(() => waiting.RunAsync(accepted, Cancellation));

        Assert.Equal(fixture["fox.2.mp4"], error.File);
        Assert.Equal("theirs", await File.ReadAllTextAsync(file.FullName, Cancellation));
    }

    [Fact]
    public async Task Resume_replaces_an_existing_file_with_overwrite()
    {
        await using var fixture = await CliFixture.StartAsync();
        _ = await fixture.GenerateAsync("--no-wait");
        var name = $"video-{fixture.Emulator.Ledger.Submissions[0].Id}.mp4";
        await File.WriteAllTextAsync(fixture[name], "old", Cancellation);

        Assert.Equal(ExitCode.Done, (await fixture.RunAsync("resume", "--overwrite")).Code);
        Assert.InRange(new FileInfo(fixture[name]).Length, 10_000, 10_000_000);
    }

    [Fact]
    public async Task The_next_command_repeats_the_options_quoted_for_a_shell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The quoting is for POSIX shells.");
        await using var fixture = await CliFixture.StartAsync();
        var address = fixture.Environment["WAN27_BASE_ADDRESS"];
        fixture.Environment["WAN27_BASE_ADDRESS"] = "http://127.0.0.1:9";
        fixture.Emulator.Faults.Add(EmulatorFault.Status(404).On(EmulatorOperations.File).Always());

        var (code, _, error) = await fixture.GenerateAsync("-o", "a 'fox'.mp4", "--journal", "my journal", "--base-address", address);

        Assert.Equal(ExitCode.StillRunning, code);
        var next = error.Split("Next: ")[1].Trim();
        Assert.StartsWith($@"wan27 download --output 'a '\''fox'\''.mp4' --base-address {address} --journal 'my journal' ", next, StringComparison.Ordinal);
        fixture.Emulator.Faults.Clear();
        Assert.Equal(ExitCode.Done, (await fixture.RunRedirectedAsync($"; exec \"$0\" {next["wan27 ".Length..]}", "validate", "x")).Code);
        Assert.InRange(new FileInfo(fixture["a 'fox'.mp4"]).Length, 10_000, 10_000_000);
    }

    [Fact]
    public async Task The_next_command_after_resume_contains_the_file_in_the_folder()
    {
        await using var fixture = await CliFixture.StartAsync();
        Directory.CreateDirectory(fixture["videos"]);
        _ = await fixture.GenerateAsync("--no-wait");
        fixture.Emulator.Faults.Add(EmulatorFault.Status(404).On(EmulatorOperations.File).Always());

        var (_, _, error) = await fixture.RunAsync("resume", "-o", "videos");

        Assert.Contains($"wan27 download --output {Path.Combine("videos", $"video-{fixture.Emulator.Ledger.Submissions[0].Id}.mp4")} ", error, StringComparison.Ordinal);
    }

    private sealed class OtherDownload(FileInfo file) : IProgressObserver
    {
        public void Sent(TransferProgress progress)
        {
        }

        public void Generated(GenerationProgress progress) => File.WriteAllText(file.FullName, "theirs");

        public void Received(TransferProgress progress)
        {
        }
    }
}

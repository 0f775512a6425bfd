using Wan27.Sdk.Emulator;
using Wan27.Sdk.PackageTests.Support;

namespace Wan27.Sdk.PackageTests.Publishing;

/// <summary>Create, wait, download, journal and errors, with and without a container, in programs without reflection on trimmed members.</summary>
public sealed class SmokeTests(PublishedPrograms programs)
{
    [Theory]
    [InlineData("net10.0")]
    [InlineData("net8.0")]
    public Task A_program_compiled_ahead_of_time_does_everything(string target) => RunAsync($"-p:TestTarget={target}");

    [Fact]
    public Task A_trimmed_program_does_everything() => RunAsync("-p:PublishTrimmed=true", "--self-contained");

    [Fact]
    public Task A_single_file_does_everything() => RunAsync("-p:PublishSingleFile=true", "--self-contained");

    private async Task RunAsync(params string[] options)
    {
        var program = await programs.PublishAsync("Smoke", options);
        await using var emulator = await WanEmulator.StartAsync(settings => settings.QueuedFor = settings.GeneratingFor = TimeSpan.Zero, TestContext.Current.CancellationToken);

        var output = await Tool.RunAsync(program, programs.Folder, emulator.BaseAddress.AbsoluteUri, emulator.ApiKey, $"{Guid.NewGuid():n}");

        Assert.Equal("all well", output.Trim());
        Assert.Equal(4, emulator.Ledger.Submissions.Count);
        Assert.Equal(4 + 1, emulator.Ledger.CompleteSubmissionBodies);    // the additional one had a wrong key
    }
}

using System.Text;
using VideoStudio.Tests.Support;

namespace VideoStudio.Tests;

public sealed class LogTests
{
    private const string Key = "canary-of-the-studio-key-0123456789";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_trace_log_and_the_database_contain_no_key_and_the_log_no_prompt()
    {
        var data = Directory.CreateTempSubdirectory("studio-log-");
        await using var emulator = await WanEmulator.StartAsync(
            options =>
            {
                options.ApiKey = Key;
                options.QueuedFor = options.GeneratingFor = TimeSpan.Zero;
            },
            Cancellation);
        emulator.Faults.Add(EmulatorFault.Raw($"HTTP/1.1 {Key}\r\n{Key}\r\n\r\n").On(EmulatorOperations.Get));
        emulator.Script(submission => submission.Body.Contains("doomed", StringComparison.Ordinal), EmulatorScript.FailWith(Key, $"{Key} is refused"));
        emulator.Faults.Add(EmulatorFault.RespondWith(503, "text/plain", $"{Key} is not welcome").On(EmulatorOperations.Get).Times(5));
        await using var studio = await StudioProcess.StartAsync(new Dictionary<string, string>
        {
            ["Studio:Data"] = data.FullName,
            ["Wan27:BaseAddress"] = emulator.BaseAddress.AbsoluteUri,
            ["Wan27:ApiKey"] = Key,
            ["Wan27:Polling:InitialDelay"] = "00:00:00.2",
            ["Wan27:Polling:Interval"] = "00:00:00.2",
            ["Logging:LogLevel:Default"] = "Trace",
            ["Logging:LogLevel:Microsoft"] = "Trace",
            ["Logging:LogLevel:System"] = "Trace",
            ["Logging:LogLevel:Hangfire"] = "Trace",
        });
        using var client = await StudioClient.ConnectAsync(studio.Address);

        await client.WaitForStateAsync(await client.GenerateAsync("text", ("prompt", "a canary of the prompt")), "done");
        var failed = await client.WaitForStateAsync(await client.GenerateAsync("text", ("prompt", "a canary of the prompt, doomed")), "failed");
        await studio.StopAsync();

        Assert.Contains("trce", studio.Log, StringComparison.Ordinal);
        Assert.All(
            ["Microsoft.AspNetCore.", "Hangfire.", "Wan27.Sdk", "VideoStudio.Jobs."],
            category => Assert.Contains(category, studio.Log, StringComparison.Ordinal));
        var files = Directory.GetFiles(data.FullName, "studio.db*").Select(path => Encoding.Latin1.GetString(File.ReadAllBytes(path))).ToList();
        Assert.Contains(files, content => content.Contains("canary of the prompt", StringComparison.Ordinal));
        Assert.All(files, content => Assert.DoesNotContain(Key, content, StringComparison.Ordinal));
        Assert.DoesNotContain(Key, failed.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, studio.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("canary of the prompt", studio.Log, StringComparison.OrdinalIgnoreCase);
        data.Delete(recursive: true);
    }
}

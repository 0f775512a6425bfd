using Wan27.Sdk.Download;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Download;

public sealed class PartialFileTests
{
    private const int Rounds = 500;

    [Fact]
    public async Task No_other_process_opens_a_part_before_it_has_its_name()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "What is open has no other name there.");
        using var folder = new TemporaryFolder();
        for (var round = 0; round < Rounds; round++)
        {
            var target = Path.Combine(folder.Path, $"{round}.mp4");
            var part = PartialFile.Open(target, "gen-1", overwrite: false);
            part.Append("a video"u8, tag: null);
            using var begun = new ManualResetEventSlim();
            var thief = Task.Run(() => TakesHold(target, begun), TestContext.Current.CancellationToken);
            begun.Wait(TestContext.Current.CancellationToken);

            await part.CompleteAsync();
            await part.DisposeAsync();

            Assert.False(await thief, $"in round {round}");
        }
    }

    private static bool TakesHold(string target, ManualResetEventSlim begun)
    {
        while (!File.Exists(target))
        {
            begun.Set();
            try
            {
                using var stolen = new FileStream(target + ".part", FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                return File.Exists(target + ".part");
            }
            catch (IOException)
            {
                // Locked by another process, or deleted.
            }
        }

        return false;
    }
}

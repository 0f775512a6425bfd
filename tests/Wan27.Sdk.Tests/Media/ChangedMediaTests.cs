namespace Wan27.Sdk.Tests.Media;

public sealed class ChangedMediaTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(90_000)]
    [InlineData(200)]
    [InlineData(0)]
    [InlineData(100_001)]
    [InlineData(300_000)]
    public async Task A_file_whose_length_changes_while_it_is_read_is_not_sent_completely(int length)
    {
        var path = folder.File("mona.png", Samples.PngOf(100_000));

        var error = await SendAsync(MediaSource.FromFile(path), () =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.SetLength(length);
        });

        Assert.Contains("mona.png", error.Message, StringComparison.Ordinal);
        Assert.Contains("100000 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_overwritten_at_the_same_length_is_not_sent_completely()
    {
        var path = folder.File("mona.png", Samples.PngOf(100_000));

        await SendAsync(MediaSource.FromFile(path), () =>
        {
            using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                file.WriteByte(0);
            File.SetLastWriteTimeUtc(path, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        });
    }

    [Theory]
    [InlineData(90_000)]
    [InlineData(100_001)]
    public async Task A_stream_whose_length_changes_while_it_is_read_is_not_sent_completely(int length)
    {
        using var stream = new MemoryStream();
        stream.Write(Samples.PngOf(100_000));
        stream.Position = 0;

        await SendAsync(MediaSource.FromStream(stream), () => stream.SetLength(length));
    }

    /// <summary>Submits an image that changes when the first bytes of the body are read.</summary>
    private static async Task<WanValidationException> SendAsync(MediaSource image, Action change)
    {
        var sent = 0L;
        using var service = ScriptedService.Responding(new TestResponse(async (request, _) =>
        {
            var destination = new ChangingStream(change);
            try
            {
                await request.Content!.CopyToAsync(destination, TestContext.Current.CancellationToken);
            }
            finally
            {
                sent = destination.Position;
            }

            throw new InvalidOperationException("The complete body arrived.");
        }));

        var error = await Assert.ThrowsAsync<WanValidationException>(
            () => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Image with { Image = image }, cancellation)));

        Assert.InRange(sent, 1, Assert.Single(service.Requests).ContentLength!.Value - 1);
        return error;
    }

    private sealed class ChangingStream(Action change) : MemoryStream
    {
        private Action? change = change;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            change?.Invoke();
            change = null;
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}

using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Wan27.Sdk.TestSupport.Measuring;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Money;

/// <summary>Counts bytes, requests and connections while the process does nothing else.</summary>
[CollectionDefinition(nameof(SubmissionMemoryTests), DisableParallelization = true)]
[Collection(nameof(SubmissionMemoryTests))]
public sealed class SubmissionMemoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Megabyte = 1024 * 1024;

    private static readonly bool IsUnoptimized =
        typeof(WanVideoClient).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    private readonly IDisposable silence = SuiteListener.Pause();
    private readonly LoopbackServer server = new();
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
        silence.Dispose();
    }

    [Fact]
    public async Task An_image_of_20_megabytes_allocates_little_and_hardly_more_than_one_of_1_megabyte()
    {
        Assert.SkipWhen(IsUnoptimized, "Without optimization every call of an async method allocates: run with -c Release.");
        using var client = Client();
        var (twenty, one) = (TestImage.Write(20 * Megabyte, folder.Path), TestImage.Write(Megabyte, folder.Path));

        var large = await Measure.AllocatedAsync(() => client.CreateAsync(Request(twenty), Cancellation), 50);
        var small = await Measure.AllocatedAsync(() => client.CreateAsync(Request(one), Cancellation), 50);

        output.WriteLine($"{large} bytes for 20 MB, {small} for 1 MB");
        Assert.InRange(large, 0, 24 * 1024);
        Assert.InRange(large, 0, small * 5 / 4);
    }

    [Fact]
    public async Task A_body_is_a_fourteenth_shorter_than_that_of_the_default_serializer()
    {
        using var client = Client();
        var image = TestImage.Write(Megabyte, folder.Path);
        var request = Request(image);

        await client.CreateAsync(request, Cancellation);

        var uri = "data:image/png;base64," + Convert.ToBase64String(await File.ReadAllBytesAsync(image, Cancellation));
        var usual = JsonSerializer.SerializeToUtf8Bytes(new { model = ImageToVideoRequest.DefaultModel, prompt = request.Prompt, image_url = uri }).Length;
        Assert.InRange(server.BytesReceived / (double)usual, 0, 0.93);
    }

    [Fact]
    public async Task Each_submission_or_download_is_one_request_over_one_connection_to_its_host()
    {
        using var client = Client();
        var request = Request(TestImage.Write(Megabyte, folder.Path));
        var generation = await client.CreateAsync(request, Cancellation);
        var finished = generation with { Status = GenerationStatus.Completed, Videos = [new GeneratedVideo { Uri = server.Video(Megabyte) }] };
        for (var i = 0; i < 9; i++)
        {
            await client.CreateAsync(request, Cancellation);
            await client.GetAsync(generation.Id, Cancellation);
            await client.DownloadAsync(finished, Stream.Null, cancellationToken: Cancellation);
        }

        Assert.Equal(1 + (3 * 9), server.Requests);
        Assert.Equal(2, server.Connections);
    }

    private static ImageToVideoRequest Request(string image) => new() { Prompt = "The lamp turns.", Image = MediaSource.FromFile(image) };

    private WanVideoClient Client() => new(new WanVideoClientOptions { ApiKey = "test", BaseAddress = server.BaseAddress });
}

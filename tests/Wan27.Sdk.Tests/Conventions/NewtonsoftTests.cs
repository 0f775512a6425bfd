using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Wan27.Sdk.Tests.Conventions;

/// <summary>The public records with another serializer: the same JSON as with System.Text.Json, or a clear failure.</summary>
public sealed class NewtonsoftTests
{
    private static readonly object[] Instances =
    [
        new VideoGeneration { Id = "gen-1", Status = GenerationStatus.Completed },
        GenerationStatus.Queued,
        VideoResolution.P720,
        VideoDuration.FiveSeconds,
        AspectRatio.Square,
        ShotType.Multi,
        new TextToVideoRequest { Prompt = "a lighthouse" },
        new ImageToVideoRequest { Prompt = "a lighthouse", Image = MediaSource.FromUri("https://example.com/image.png") },
        new ReferenceToVideoRequest { Prompt = "a lighthouse", ReferenceImages = [MediaSource.FromUri("https://example.com/image.png")] },
        new SubmissionRecord { ClientRequestId = "order-1", Fingerprint = "AB", Model = "m", State = SubmissionState.Accepted, RecordedAt = DateTimeOffset.UnixEpoch },
        new VideoRequest("m"),
        new VideoModel { Id = "m", Aliases = ["n"], MinPriceUsd = 0.1m },
        new SubmissionChange { State = SubmissionState.Accepted, RecordedAt = DateTimeOffset.UnixEpoch },
        new SubmissionJob { DueAt = DateTimeOffset.UnixEpoch },
        new SubmissionLimits { BudgetUsd = 20m, PeriodStart = new DateOnly(2026, 7, 1) },
        new SubmissionStart { IsRecorded = true, Totals = new SubmissionTotals() },
        new SubmissionTotals { SpentUsd = 0.65m, InProgress = 1 },
        new GenerationCost { Usd = 0.65m, IsFinal = true },
        new GeneratedVideo { Uri = new Uri("https://example.com/video.mp4") },
        new GenerationError { Name = "ContentPolicy", Message = "refused" },
        new GenerationOutcome { ClientRequestId = "order-1", Generation = new VideoGeneration { Id = "gen-1", Status = GenerationStatus.Completed } },
        new GenerationProgress("gen-1", GenerationStatus.Queued, TimeSpan.FromSeconds(1), 1),
        new RequestProblem("Prompt", "is empty"),
        new TransferProgress(1, 2, 3.5),
        new MediaInfo { Format = "PNG", MediaType = "image/png", Width = 640, Height = 360, Length = 1000 },
        new PollingOptions { Interval = TimeSpan.FromSeconds(5) },
        new DownloadOptions { Overwrite = true },
    ];

    public static TheoryData<string> Types { get; } = [.. Instances.Select(instance => instance.GetType().Name)];

    [Fact]
    public void Every_public_record_is_tested() => Assert.Empty(
        typeof(WanVideoClient).Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && (type.GetMethod("<Clone>$") ?? type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance)) is not null)
            .Except(Instances.Select(instance => instance.GetType())));

    [Theory]
    [MemberData(nameof(Types))]
    public void A_record_has_the_same_JSON_or_fails_clearly(string name)
    {
        var instance = Instances.Single(instance => instance.GetType().Name == name);
        string written;
        try
        {
            written = JsonConvert.SerializeObject(instance);
        }
        catch (Exception e) when (e.GetBaseException() is NotSupportedException refusal)
        {
            Assert.EndsWith("can be serialized with System.Text.Json only: another serializer writes a form that the SDK cannot read.", refusal.Message, StringComparison.Ordinal);
            return;
        }

        var expected = System.Text.Json.JsonSerializer.Serialize(instance, instance.GetType(), JsonSerializerOptions.Default);
        // A decimal number is written with and without its zeros.
        var numbers = new Regex(@"(?<=\d)\.0+(?=[,}\]])");
        Assert.True(JToken.DeepEquals(JToken.Parse(expected), JToken.Parse(numbers.Replace(written, ""))), $"{written} is not {expected}");
    }

    [Theory]
    [InlineData(typeof(VideoGeneration), """{"Id":"gen-1","Status":"completed"}""")]
    [InlineData(typeof(SubmissionRecord), """{"ClientRequestId":"a","Fingerprint":"b","Model":"c","State":1,"RecordedAt":"2026-07-01T00:00:00Z"}""")]
    public void JSON_of_another_serializer_is_not_read(Type type, string json) =>
        Assert.IsType<NotSupportedException>(Assert.ThrowsAny<Exception>(() => JsonConvert.DeserializeObject(json, type)).GetBaseException());
}

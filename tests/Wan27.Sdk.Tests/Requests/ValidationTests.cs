namespace Wan27.Sdk.Tests.Requests;

public class ValidationTests
{
    public static TheoryData<VideoGenerationRequest, string, string> Breaches { get; } = new()
    {
        { Samples.Text with { Prompt = "" }, "Prompt", "is required and is empty" },
        { Samples.Text with { Prompt = " \n" }, "Prompt", "is required and is empty" },
        { Samples.Text with { Prompt = null! }, "Prompt", "is required and is empty" },
        { Samples.Text with { Prompt = new string('p', 5_001) }, "Prompt", "has 5001 characters; the limit is 5000" },
        { Samples.Text with { Prompt = "a 😀 \uD83D fox" }, "Prompt", "holds half of a surrogate pair at position 5, which is no character" },
        { Samples.Text with { NegativePrompt = "\uDE00" }, "NegativePrompt", "holds half of a surrogate pair at position 0, which is no character" },
        { Samples.Reference with { NegativePrompt = "rain\uD83D" }, "NegativePrompt", "holds half of a surrogate pair at position 4, which is no character" },
        { Samples.Image with { NegativePrompt = new string('n', 501) }, "NegativePrompt", "has 501 characters; the limit is 500" },
        { Samples.Reference with { NegativePrompt = new string('n', 501) }, "NegativePrompt", "has 501 characters; the limit is 500" },
        { Samples.Text with { Seed = -1 }, "Seed", "is -1; the range is 0 to 2147483647" },
        { Samples.Image with { Seed = 2_147_483_648 }, "Seed", "is 2147483648; the range is 0 to 2147483647" },
        { Samples.Text with { Duration = new VideoDuration(7) }, "Duration", "is 7 s; offered are 5, 10, 15 s" },
        { Samples.Text with { Duration = default(VideoDuration) }, "Duration", "is 0 s; offered are 5, 10, 15 s" },
        { Samples.Text with { Resolution = new VideoResolution("480p") }, "Resolution", "is '480p'; offered are 720p, 1080p" },
        { Samples.Text with { Resolution = default(VideoResolution) }, "Resolution", "is ''; offered are 720p, 1080p" },
        { Samples.Text with { AspectRatio = new AspectRatio("21:9") }, "AspectRatio", "is '21:9'; offered are 16:9, 9:16, 1:1, 4:3, 3:4" },
        { Samples.Reference with { AspectRatio = new AspectRatio("2:1") }, "AspectRatio", "is '2:1'; offered are 16:9, 9:16, 1:1, 4:3, 3:4" },
        { Samples.Text with { ShotType = new ShotType("Single") }, "ShotType", "is 'Single'; offered are single, multi" },
        { Samples.Text with { Model = "" }, "Model", "is required and is empty" },
        { Samples.Image with { Image = null! }, "Image", "is required and is missing" },
        { Samples.Text with { ClientRequestId = "order 1" }, "ClientRequestId", "has a space at position 5; allowed are A-Z a-z 0-9 . _ : -" },
        { Samples.Text with { ClientRequestId = "order#1" }, "ClientRequestId", "has the character '#' at position 5; allowed are A-Z a-z 0-9 . _ : -" },
        { Samples.Text with { ClientRequestId = "ord\u00E9r" }, "ClientRequestId", "has the character U+00E9 at position 3; allowed are A-Z a-z 0-9 . _ : -" },
        { Samples.Text with { ClientRequestId = "" }, "ClientRequestId", "has 0 characters; allowed are 1 to 128" },
        { Samples.Text with { ClientRequestId = new string('a', 129) }, "ClientRequestId", "has 129 characters; allowed are 1 to 128" },
        { Samples.Reference with { ReferenceImages = [] }, "ReferenceImages", "has no reference; at least one image or video is required" },
        { Samples.Reference with { ReferenceImages = null! }, "ReferenceImages", "has no reference; at least one image or video is required" },
        { Samples.Reference with { ReferenceImages = Urls(3), ReferenceVideos = Urls(3) }, "ReferenceImages", "and ReferenceVideos hold 6 references together; the limit is 5" },
        { Samples.Reference with { ReferenceImages = [null!] }, "ReferenceImages[0]", "is required and is missing" },
        { Samples.Reference with { ReferenceVideos = [Urls(1)[0], null!] }, "ReferenceVideos[1]", "is required and is missing" },
        { Samples.Reference with { ReferenceVideos = Urls(1), Duration = VideoDuration.FifteenSeconds }, "Duration", "is 15 s; with a reference video the limit is 10 s" },
        { Samples.Reference with { FirstFrameImage = Urls(1)[0], AspectRatio = AspectRatio.Square }, "AspectRatio", "is 1:1, but FirstFrameImage decides the shape; set one of the two" },
    };

    public static TheoryData<VideoGenerationRequest> Limits { get; } =
    [
        Samples.Text,
        Samples.Image,
        Samples.Reference,
        Samples.Text with { Prompt = new string('p', 5_000) },
        Samples.Text with { Prompt = string.Concat(Enumerable.Repeat("😀", 5_000)) },
        Samples.Text with { NegativePrompt = new string('n', 5_001) },
        Samples.Image with { NegativePrompt = new string('n', 500) },
        Samples.Image with { Seed = 0 },
        Samples.Image with { Seed = 2_147_483_647 },
        Samples.Image with { ClientRequestId = new string('a', 128) },
        Samples.Image with { ClientRequestId = "Az09._:-" },
        Samples.Image with { Duration = VideoDuration.FifteenSeconds },
        Samples.Reference with { ReferenceImages = Urls(5) },
        Samples.Reference with { ReferenceImages = [], ReferenceVideos = Urls(5), Duration = VideoDuration.TenSeconds },
        Samples.Reference with { Duration = VideoDuration.FifteenSeconds },
        Samples.Reference with { FirstFrameImage = Urls(1)[0] },
    ];

    [Theory]
    [MemberData(nameof(Breaches))]
    public void A_breach_of_a_limit_is_one_problem_with_its_member_its_value_and_the_limit(VideoGenerationRequest request, string member, string message) =>
        Assert.Equal(new RequestProblem(member, message), Assert.Single(request.Validate()));

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_request_at_a_limit_has_no_problem(VideoGenerationRequest request) => Assert.Empty(request.Validate());

    [Theory]
    [InlineData("mona.jpg", "")]
    [InlineData("ftp://example.com/mona.jpg", " (its scheme is 'ftp')")]
    [InlineData("data:image/png;base64,AAAA", " (its scheme is 'data')")]
    [InlineData("javascript:alert(1)", " (its scheme is 'javascript')")]
    [InlineData("file:///etc/passwd", " (its scheme is 'file')")]
    public void An_address_that_is_not_absolute_HTTP_is_a_problem_in_every_property(string address, string scheme)
    {
        var source = MediaSource.FromUri(address);
        var problem = $"is no absolute http or https address{scheme}";

        Assert.Equal(
            [new("Image", problem), new("Audio", problem)],
            (Samples.Image with { Image = source, Audio = source }).Validate());
        Assert.Equal(
            [new("ReferenceImages[0]", problem), new("ReferenceVideos[0]", problem), new("FirstFrameImage", problem)],
            (Samples.Reference with { ReferenceImages = [source], ReferenceVideos = [source], FirstFrameImage = source }).Validate());
    }

    [Fact]
    public void All_problems_are_found_at_once_in_the_order_of_the_properties()
    {
        var request = new ImageToVideoRequest
        {
            Prompt = "",
            Image = MediaSource.FromFile("/no/such/file.png"),
            Audio = MediaSource.FromBytes(Samples.Png),
            NegativePrompt = new string('n', 501),
            Resolution = new VideoResolution("4k"),
            Duration = new VideoDuration(3),
            Seed = -1,
            ClientRequestId = "ö",
        };

        Assert.Equal(
            ["Prompt", "Resolution", "Duration", "Seed", "ClientRequestId", "NegativePrompt", "Image", "Audio"],
            request.Validate().Select(problem => problem.Member));
    }

    private static List<MediaSource> Urls(int count) => [.. Enumerable.Range(0, count).Select(_ => MediaSource.FromUri(Samples.ImageUrl))];
}

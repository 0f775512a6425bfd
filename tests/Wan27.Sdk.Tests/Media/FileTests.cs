using System.Text.Json.Nodes;
using Wan27.Sdk.Tests.Requests;

namespace Wan27.Sdk.Tests.Media;

public sealed class FileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_content_of_a_file_decides_and_not_its_extension()
    {
        var request = Samples.Image with { Image = MediaSource.FromFile(folder.File("image.txt", Samples.Png)) };

        Assert.Empty(request.Validate());
        Assert.Equal($"data:image/png;base64,{Convert.ToBase64String(Samples.Png)}", (string?)JsonNode.Parse(await Bodies.OfAsync(request))!["image_url"]);
    }

    [Fact]
    public void A_text_file_named_png_is_a_problem() =>
        AssertProblem(folder.File("mona.png", [.. "This is not an image at all."u8]), "mona.png is of no format that the API accepts, by its first bytes");

    [Fact]
    public void An_empty_file_is_a_problem() => AssertProblem(folder.File("mona.png", []), "mona.png is empty");

    [Fact]
    public void A_directory_is_a_problem() => AssertProblem(folder.Path, $"'{Path.GetFileName(folder.Path)}' is a directory");

    [Theory]
    [InlineData("gone.png")]
    [InlineData("no/such/folder/gone.png")]
    public void A_missing_file_is_a_problem(string name) => AssertProblem(Path.Combine(folder.Path, name), "the file 'gone.png' does not exist");

    [Fact]
    public void A_file_that_another_process_locks_is_a_problem()
    {
        var path = folder.File("held.png", Samples.Png);
        using var holder = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        AssertProblem(path, "the file 'held.png' cannot be read");
    }

    [Fact]
    public void A_path_that_no_file_can_have_is_a_problem() => AssertProblem("a\0b.png", "the file 'a\0b.png' cannot be read");

    [Theory]
    [InlineData("Image", "is WAV; expected is image as JPEG, PNG, BMP, WEBP")]
    [InlineData("Audio", "is PNG; expected is audio as WAV, MP3")]
    [InlineData("ReferenceVideos[0]", "is PNG; expected is video as MP4, MOV")]
    public void Media_of_the_wrong_kind_are_a_problem(string member, string message)
    {
        var (image, audio) = (MediaSource.FromBytes(Samples.Png), MediaSource.FromBytes(Samples.Wav));
        VideoGenerationRequest request = member switch
        {
            "Image" => Samples.Image with { Image = audio },
            "Audio" => Samples.Image with { Audio = image },
            _ => Samples.Reference with { ReferenceVideos = [image] },
        };

        Assert.Equal(new RequestProblem(member, message), Assert.Single(request.Validate()));
    }

    [Theory]
    [InlineData("Image", 20)]
    [InlineData("Audio", 15)]
    [InlineData("ReferenceVideos[0]", 100)]
    public void Media_over_their_limit_are_a_problem_and_media_at_the_limit_are_not(string member, int megabytes)
    {
        var limit = megabytes * 1024 * 1024;
        Assert.Empty(RequestOf(limit).Validate());
        Assert.Equal(
            new RequestProblem(member, $"has {limit + 1} bytes; the limit is {limit} ({megabytes} MB)"),
            Assert.Single(RequestOf(limit + 1).Validate()));

        VideoGenerationRequest RequestOf(int length) => member switch
        {
            "Image" => Samples.Image with { Image = Sparse(Samples.Png, length) },
            "Audio" => Samples.Image with { Audio = Sparse(Samples.Wav, length) },
            _ => Samples.Reference with { ReferenceVideos = [Sparse(Samples.Mp4, length)] },
        };
    }

    /// <summary>A file of that length without its content.</summary>
    private MediaSource Sparse(byte[] head, int length)
    {
        var path = folder.File($"{length}.bin", head);
        using var file = File.OpenWrite(path);
        file.SetLength(length);
        return MediaSource.FromFile(path);
    }

    private static void AssertProblem(string path, string message) =>
        Assert.Equal(new RequestProblem("Image", message), Assert.Single((Samples.Image with { Image = MediaSource.FromFile(path) }).Validate()));
}

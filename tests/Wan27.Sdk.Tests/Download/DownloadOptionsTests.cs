namespace Wan27.Sdk.Tests.Download;

public sealed class DownloadOptionsTests
{
    private static readonly string Digest = string.Concat(Enumerable.Repeat("0123456789abcdefABCDEF", 3))[..64];

    public static TheoryData<DownloadOptions, string> Wrong { get; } = new()
    {
        { new() { MaxBytes = 0 }, "DownloadOptions.MaxBytes is 0; it must be more than 0." },
        { new() { MaxBytes = -5 }, "DownloadOptions.MaxBytes is -5; it must be more than 0." },
        { new() { Sha256 = "" }, "DownloadOptions.Sha256 has 0 characters; it must be 64 hexadecimal digits." },
        { new() { Sha256 = Digest + "0" }, "DownloadOptions.Sha256 has 65 characters; it must be 64 hexadecimal digits." },
        { new() { Sha256 = Digest[..63] + "g" }, "DownloadOptions.Sha256 has 64 characters; it must be 64 hexadecimal digits." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_value_out_of_range_is_reported_with_its_limit(DownloadOptions options, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(options.ThrowIfInvalid).Message);

    [Fact]
    public void The_defaults_and_the_edges_are_in_range()
    {
        new DownloadOptions().ThrowIfInvalid();
        new DownloadOptions { MaxBytes = 1, Sha256 = Digest }.ThrowIfInvalid();
    }
}

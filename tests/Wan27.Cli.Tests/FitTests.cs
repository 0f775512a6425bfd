namespace Wan27.Cli.Tests;

public sealed class FitTests
{
    private static readonly string Phone = Path.Combine(AppContext.BaseDirectory, "phone.heic");

    [Fact]
    public async Task A_phones_photo_is_converted_and_the_changes_are_printed()
    {
        await using var fixture = await CliFixture.StartAsync();

        var (code, _, error) = await fixture.GenerateAsync("--image", Phone, "--fit", "--no-wait");

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("phone.heic: converted from HEIC to JPEG; metadata removed", error, StringComparison.Ordinal);
        Assert.Contains("data:image/jpeg;base64,", Assert.Single(fixture.Emulator.Ledger.Submissions).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_option_it_is_refused()
    {
        await using var fixture = await CliFixture.StartAsync();

        var (code, _, error) = await fixture.GenerateAsync("--image", Phone, "--no-wait");

        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("HEIC", error, StringComparison.Ordinal);
        Assert.Empty(fixture.Emulator.Ledger.Submissions);
    }

    [Fact]
    public async Task Local_references_are_prepared_and_addresses_are_not()
    {
        await using var fixture = await CliFixture.StartAsync();

        var (code, _, _) = await fixture.GenerateAsync("--reference-image", Phone, "--reference-image", "https://images.example/b.heic", "--first-frame", Phone, "--fit", "--no-wait");

        Assert.Equal(ExitCode.Done, code);
        var body = Assert.Single(fixture.Emulator.Ledger.Submissions).Body;
        Assert.Equal(3, body.Split("data:image/jpeg;base64,").Length);
        Assert.Contains("https://images.example/b.heic", body, StringComparison.Ordinal);
    }

    // The same file gives the same bytes, so that the second run finds the first one's generation.
    [Fact]
    public async Task Two_runs_with_one_id_buy_one_video()
    {
        await using var fixture = await CliFixture.StartAsync();

        for (var i = 0; i < 2; i++)
            Assert.Equal(ExitCode.Done, (await fixture.GenerateAsync("--image", Phone, "--fit", "--id", "order-1", "--no-wait")).Item1);

        Assert.Single(fixture.Emulator.Ledger.Submissions);
    }

    [Fact]
    public async Task A_file_that_is_no_image_is_refused_before_anything_is_sent()
    {
        await using var fixture = await CliFixture.StartAsync();
        await File.WriteAllTextAsync(fixture["notes.heic"], "Buy milk.", TestContext.Current.CancellationToken);

        var (code, _, error) = await fixture.GenerateAsync("--image", fixture["notes.heic"], "--fit");

        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("'notes.heic' is not an image of a format that can be decoded", error, StringComparison.Ordinal);
        Assert.Empty(fixture.Emulator.Ledger.Requests);
    }

    [Fact]
    public async Task The_adjustment_of_the_aspect_ratio_requires_fit()
    {
        await using var fixture = await CliFixture.StartAsync();

        var (code, _, error) = await fixture.GenerateAsync("--image", Phone, "--fit-aspect", "crop");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--fit-aspect requires --fit.", error, StringComparison.Ordinal);
    }
}

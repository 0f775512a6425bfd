using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Verbs;

/// <summary>Models other than Wan 2.7: with the same submission, journal, cost, budget, waiting and download.</summary>
public sealed class OtherModelTests
{
    private const string Model = "klingai/v2.5-turbo/pro/image-to-video";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static VideoRequest Request => new(Model)
    {
        Prompt = "The lamp turns.",
        ClientRequestId = "order-1",
        Fields = new Dictionary<string, object?> { ["image_url"] = MediaSource.FromBytes(Samples.ImageBytes), ["duration"] = 10, ["cfg_scale"] = 0.5 },
    };

    [Fact]
    public async Task A_video_of_another_model_is_bought_once_and_downloaded()
    {
        using var folder = new TemporaryFolder();
        var budget = new SpendingBudget(0.9m);
        await using var fixture = await WanFixture.StartAsync(options => (options.Budget, options.Journal) = (budget, new FileSubmissionJournal(folder["journal"])));
        fixture.Emulator.Faults.Add(EmulatorFault.Status(502).AfterAccepting());

        var estimate = await fixture.Client.EstimateCostAsync(Request, Cancellation);
        var generation = await fixture.Client.GenerateAndWaitAsync(Request, cancellationToken: Cancellation);
        var again = await fixture.Client.CreateAsync(Request, Cancellation);
        await fixture.Client.DownloadToFileAsync(generation, folder["video.mp4"], cancellationToken: Cancellation);

        Assert.Equal((0.5m, 0.5m, generation.Id), (estimate.Usd, budget.SpentUsd, again.Id));
        Assert.Equal((1, Model), (fixture.Ledger.CompleteSubmissionBodies, Assert.Single(fixture.Ledger.Submissions).Model));
        var refused = await Assert.ThrowsAsync<WanValidationException>(() => fixture.Client.CreateAsync(Request with { ClientRequestId = "order-2" }, Cancellation));
        Assert.True(refused.IsBudgetExceeded);
    }

    [Fact]
    public async Task The_defaults_of_Wan_2_7_do_not_price_another_model()
    {
        await using var fixture = await WanFixture.StartAsync();

        Assert.Null((await fixture.Client.EstimateCostAsync(new VideoRequest(TextToVideoRequest.DefaultModel) { Prompt = "p" }, Cancellation)).Usd);
        var priced = new VideoRequest(TextToVideoRequest.DefaultModel) { Prompt = "p", Fields = new Dictionary<string, object?> { ["resolution"] = "720p", ["duration"] = 5 } };
        Assert.Equal(0.65m, (await fixture.Client.EstimateCostAsync(priced, Cancellation)).Usd);
    }

    [Fact]
    public async Task Models_are_listed_with_type_aliases_and_prices()
    {
        await using var fixture = await WanFixture.StartAsync();

        var models = await fixture.Client.ListModelsAsync(cancellationToken: Cancellation);

        var model = Assert.Single(models, model => model.Id == ImageToVideoRequest.DefaultModel);
        Assert.Equal(("video", "wan-2-7-i2v", 0.13m, 0.195m, "second"), (model.Type, Assert.Single(model.Aliases), model.MinPriceUsd, model.MaxPriceUsd, model.PriceUnit));
        Assert.Contains(models, model => model.Id == Model);
    }

    [Fact]
    public async Task Only_video_models_with_printable_ids_are_listed()
    {
        const string List = """
            {"data":[{"id":"chat","type":"chat-completion"},{"id":"good","type":"video","pricing":{"kind":"variable"}},
            {"id":"bad\u001b[2J","type":"video"},{"type":"video"},7,{"id":"mixed","type":"video","aliases":[1,"m"],
            "pricing":{"kind":"fixed","units":[{"name":"second","price":0.1,"per":1},{"name":"audio","price":0.2,"per":1}]}}]}
            """;
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.RespondWith(200, "application/json", List).On(EmulatorOperations.Models).Always());

        Assert.Equal(["good", "mixed"], (await fixture.Client.ListModelsAsync(cancellationToken: Cancellation)).Select(model => model.Id));
        var all = await fixture.Client.ListModelsAsync(includeOtherTypes: true, Cancellation);
        Assert.Equal(["chat", "good", "mixed"], all.Select(model => model.Id));
        Assert.All(all, model => Assert.Null(model.MinPriceUsd));
    }
}

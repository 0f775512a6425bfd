using System.Text.Json;

namespace Wan27.Sdk.Tests.Generations;

public class CostTests
{
    [Theory]
    [InlineData("queued")]
    [InlineData("generating")]
    [InlineData("brewing")]
    public void A_running_generation_is_not_charged_and_shows_its_price(string status)
    {
        var cost = Read(status, """{"usd_spent":1.95}""");

        Assert.Equal((false, 1.95m, "answer"), (cost.IsFinal, cost.Usd, cost.Source));
    }

    [Fact]
    public void A_finished_generation_shows_its_charge()
    {
        var cost = Read("completed", """{"usd_spent":1.95,"credits_used":3900000}""");

        Assert.Equal((true, 1.95m, "answer"), (cost.IsFinal, cost.Usd, cost.Source));
        Assert.Equal("1.95 USD (final)", cost.ToString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"usd_spent":0,"credits_used":0}""")]
    [InlineData("""{"usd_spent":-1}""")]
    [InlineData("""{"tokens_used":7}""")]
    [InlineData("""{"usd_spent":1e400}""")]
    [InlineData("""{"usd_spent":1e-28}""")]
    [InlineData("""{"usd_spent":1e-30}""")]
    [InlineData("""{"usd_spent":"1e-30"}""")]
    [InlineData("""{"credits_used":1e-28}""")]
    [InlineData("""{"usd_spent":"NaN","credits_used":"Infinity"}""")]
    public void A_finished_generation_without_a_reported_cost_is_unknown_and_not_free(string usage)
    {
        var cost = Read("completed", usage);

        Assert.Equal((false, null, null), (cost.IsFinal, cost.Usd, cost.Source));
        Assert.NotNull(cost.Reason);
    }

    [Theory]
    [InlineData("error")]
    [InlineData("cancelled")]
    public void A_failed_generation_costs_nothing(string status) =>
        Assert.Equal((true, 0m, "answer"), (Read(status, "{}").IsFinal, Read(status, "{}").Usd, Read(status, "{}").Source));

    [Fact]
    public void The_cost_of_a_failed_generation_with_a_reported_amount_is_unknown()
    {
        var cost = Read("error", """{"usd_spent":1.95}""");

        Assert.Equal((false, null), (cost.IsFinal, cost.Usd));
    }

    [Fact]
    public void A_cost_is_what_was_set()
    {
        var cost = new GenerationCost { Usd = 0.65m };
        var generation = new VideoGeneration { Id = "gen-1", Cost = cost };

        Assert.Same(cost, generation.Cost);
        Assert.Same(cost, (generation with { Status = GenerationStatus.Completed }).Cost);
        Assert.Equal(0.65m, JsonSerializer.Deserialize<VideoGeneration>(JsonSerializer.Serialize(generation))!.Cost.Usd);
    }

    private static GenerationCost Read(string status, string usage) =>
        Reading.Of($$$"""{"id":"a","status":"{{{status}}}","meta":{"usage":{{{usage}}} } }""").Cost;
}

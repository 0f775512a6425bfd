namespace Wan27.Sdk.Tests.Account;

public class SpendingBudgetTests
{
    [Fact]
    public void An_amount_above_the_limit_is_refused_and_one_at_the_limit_is_not()
    {
        var budget = new SpendingBudget(2m);
        budget.Reserve("a", 1.35m);

        var error = Assert.Throws<WanValidationException>(() => budget.Reserve("b", 0.66m));
        budget.Reserve("b", 0.65m);

        Assert.Equal((true, 0.65m, 0.66m), (error.IsBudgetExceeded, error.RemainingUsd, error.PriceUsd));
        Assert.Equal("The request was not sent: Budget: it would cost 0.66 USD, and of the budget 0.00 of 2.00 USD are spent and 1.35 reserved.", error.Message);
        AssertHolds(budget, spent: 0, reserved: 2m);
    }

    [Fact]
    public void A_reservation_is_spent_when_accepted_and_free_when_released()
    {
        var budget = new SpendingBudget(10m);
        budget.Reserve("a", 1m);
        budget.Reserve("b", 2m);

        budget.Release("a");
        AssertHolds(budget, spent: 0, reserved: 2m);
        budget.Accept("b", Task("gen-b", "queued"));
        AssertHolds(budget, spent: 2m, reserved: 0);
    }

    [Theory]
    [InlineData("queued", "null", 2)]
    [InlineData("queued", "1.5", 1.5)]
    [InlineData("completed", "null", 2)]
    [InlineData("completed", "0", 2)]
    [InlineData("completed", "2.5", 2.5)]
    [InlineData("error", "null", 0)]
    [InlineData("error", "2.5", 2)]
    public void The_actual_cost_replaces_the_estimate_and_a_failed_generation_releases_it(string status, string reported, double spent)
    {
        var budget = new SpendingBudget(10m);
        budget.Reserve("a", 2m);
        budget.Accept("a", Task("gen-a", "queued"));

        budget.Observe(Task("gen-a", status, reported));
        budget.Observe(Task("gen-a", status, reported));

        AssertHolds(budget, (decimal)spent, reserved: 0);
    }

    [Fact]
    public void A_settled_amount_is_not_settled_again()
    {
        var budget = new SpendingBudget(10m);
        budget.Reserve("a", 2m);
        budget.Accept("a", Task("gen-a", "completed", "1.5"));

        budget.Observe(Task("gen-a", "completed", "9"));
        budget.Accept("a", Task("gen-a", "completed", "9"));
        budget.Release("a");

        AssertHolds(budget, 1.5m, reserved: 0);
    }

    [Fact]
    public void An_id_that_is_used_twice_holds_two_reservations()
    {
        var budget = new SpendingBudget(10m);
        budget.Reserve("a", 2m);
        budget.Reserve("a", 2m);

        budget.Release("a");
        AssertHolds(budget, 0, reserved: 2m);
        budget.Accept("a", Task("gen-1", "queued"));
        AssertHolds(budget, 2m, reserved: 0);
    }

    [Fact]
    public void A_generation_without_a_reservation_is_not_counted()
    {
        var budget = new SpendingBudget(10m);

        budget.Accept("stranger", Task("gen-1", "completed", "2"));
        budget.Observe(Task("gen-1", "completed", "2"));

        AssertHolds(budget, 0, 0);
    }

    [Fact]
    public void A_charge_above_the_listed_price_can_make_the_rest_negative()
    {
        var budget = new SpendingBudget(2m);
        budget.Reserve("a", 2m);
        budget.Accept("a", Task("gen-a", "completed", "3"));

        Assert.Equal(-1m, budget.RemainingUsd);
        Assert.Throws<WanValidationException>(() => budget.Reserve("b", 0.01m));
    }

    [Fact]
    public void An_amount_that_overflows_is_ignored()
    {
        var budget = new SpendingBudget(10m);
        foreach (var id in new[] { "a", "b" })
        {
            budget.Reserve(id, 1m);
            budget.Accept(id, Task($"gen-{id}", "completed", "79228162514264337593543950335"));
        }

        AssertHolds(budget, spent: 2m, reserved: 0);
        Assert.Throws<WanValidationException>(() => budget.Reserve("c", decimal.MaxValue));
    }

    [Fact]
    public async Task Many_threads_never_reserve_more_than_the_limit()
    {
        var budget = new SpendingBudget(100m);
        var tasks = Enumerable.Range(0, 8).Select(thread => System.Threading.Tasks.Task.Run(() => Work(budget, thread)));

        var reserved = (await System.Threading.Tasks.Task.WhenAll(tasks)).Sum();

        AssertHolds(budget, spent: 0, reserved);
        Assert.InRange(reserved, 99m, 100m);
    }

    [Fact]
    public void A_limit_below_0_and_a_price_of_0_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpendingBudget(-0.01m));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpendingBudget(1m) { FallbackPriceUsd = 0 });
    }

    /// <summary>Reserves, sometimes releases again, and returns what this thread still holds.</summary>
    private static decimal Work(SpendingBudget budget, int thread)
    {
        var random = new Random(thread);
        var held = 0m;
        for (var i = 0; i < 500; i++)
        {
            var usd = random.Next(1, 200) / 100m;
            try
            {
                budget.Reserve($"{thread}-{i}", usd);
            }
            catch (WanValidationException)
            {
                usd = 0;
            }

            Assert.InRange(budget.RemainingUsd, 0, budget.LimitUsd);
            if (usd > 0 && i < 400)
                budget.Release($"{thread}-{i}");
            else
                held += usd;
        }

        return held;
    }

    private static void AssertHolds(SpendingBudget budget, decimal spent, decimal reserved) =>
        Assert.Equal((spent, reserved, budget.LimitUsd - spent - reserved), (budget.SpentUsd, budget.ReservedUsd, budget.RemainingUsd));

    private static VideoGeneration Task(string id, string status, string usd = "null") =>
        Generations.Reading.Of($$$"""{"id":"{{{id}}}","status":"{{{status}}}","meta":{"usage":{"usd_spent":{{{usd}}} } } }""");
}

namespace Wan27.Sdk.Tests.Account;

/// <summary>Which responses contain a valid balance.</summary>
public sealed class BalanceTests
{
    [Theory]
    [InlineData("""{"current_balance":12.5,"currency":"USD"}""", 12.5)]
    [InlineData("""{"current_balance":"-12.5","currency":null}""", -12.5)]
    [InlineData("""{"current_balance":0}""", 0.0)]
    public async Task A_balance_is_an_amount_of_US_dollars(string json, double amount)
    {
        using var service = ScriptedService.Guarded(TestResponse.Json(json));

        Assert.Equal((decimal)amount, await ReadAsync(service));
    }

    [Theory]
    [InlineData("""{"currency":"USD"}""")]
    [InlineData("""{"current_balance":"NaN","currency":"USD"}""")]
    [InlineData("""{"current_balance":1e400,"currency":"USD"}""")]
    [InlineData("""{"current_balance":1,"currency":{}}""")]
    [InlineData("""{"current_balance":1,"currency":"sk-canary-0123456789"}""")]
    [InlineData("""{"current_balance":1,"currency":"USD\nfail: all is lost"}""")]
    [InlineData("""{"current_balance":1,"currency":"EUR"}""")]
    public async Task A_response_without_an_amount_or_in_another_currency_is_unreadable(string json)
    {
        using var service = ScriptedService.Guarded(TestResponse.Json(json));

        var error = await Assert.ThrowsAsync<WanApiException>(() => ReadAsync(service));

        Assert.DoesNotContain(ScriptedService.Key, error.ToString(), StringComparison.Ordinal);
    }

    private static Task<decimal> ReadAsync(ScriptedService service) =>
        service.RunAsync((client, cancellation) => client.GetBalanceAsync(cancellation));
}

namespace Wan27.Sdk.Tests.Account;

/// <summary>What counts as a balance.</summary>
public sealed class BalanceTests
{
    [Theory]
    [InlineData("""{"current_balance":12.5,"currency":"EUR"}""", 12.5, "EUR")]
    [InlineData("""{"current_balance":"-12.5","currency":null}""", -12.5, "USD")]
    [InlineData("""{"current_balance":0}""", 0.0, "USD")]
    public async Task A_balance_has_an_amount_and_the_code_of_a_currency(string json, double amount, string currency)
    {
        using var service = ScriptedService.Guarded(Answer.Json(json));

        Assert.Equal(new AccountBalance((decimal)amount, currency), await ReadAsync(service));
    }

    [Theory]
    [InlineData("""{"currency":"USD"}""")]
    [InlineData("""{"current_balance":"NaN","currency":"USD"}""")]
    [InlineData("""{"current_balance":1e400,"currency":"USD"}""")]
    [InlineData("""{"current_balance":1,"currency":{}}""")]
    [InlineData("""{"current_balance":1,"currency":"sk-canary-0123456789"}""")]
    [InlineData("""{"current_balance":1,"currency":"USD\nfail: all is lost"}""")]
    [InlineData("""{"current_balance":1,"currency":"ABCDEFGHIJKLMNOPQ"}""")]
    public async Task A_response_without_an_amount_or_with_a_currency_that_is_not_a_code_is_refused(string json)
    {
        using var service = ScriptedService.Guarded(Answer.Json(json));

        var error = await Assert.ThrowsAsync<WanProtocolException>(() => ReadAsync(service));

        Assert.DoesNotContain(ScriptedService.Key, error.ToString(), StringComparison.Ordinal);
    }

    private static Task<AccountBalance> ReadAsync(ScriptedService service) =>
        service.RunAsync((client, cancellation) => client.GetBalanceAsync(cancellation));
}

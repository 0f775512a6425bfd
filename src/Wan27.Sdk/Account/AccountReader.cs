using System.Text.Json;
using Wan27.Sdk.Redaction;
using Wan27.Sdk.Serialization;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Account;

/// <summary>Asks what is left on the account.</summary>
internal sealed class AccountReader(ApiReader reader)
{
    /// <summary>The code is printed as the service writes it, so it must be one.</summary>
    private const int MaxCurrencyLength = 16;

    public Task<AccountBalance> ReadBalanceAsync(CancellationToken cancellationToken) => reader.ReadAsync(
        "/v2/billing",
        static json =>
        {
            var fields = new JsonFields(json);
            var amount = fields.TakeNumber("current_balance") ?? throw new JsonException("it has no current_balance");
            var currency = fields.TakeText("currency") ?? "USD";
            return currency.Length <= MaxCurrencyLength && currency.All(char.IsAsciiLetter)
                ? new AccountBalance(amount, currency)
                : throw new JsonException("its currency is not a code");
        },
        Redactor.None,
        cancellationToken).AsTask();
}

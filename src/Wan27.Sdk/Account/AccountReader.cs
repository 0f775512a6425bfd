using System.Text.Json;
using Wan27.Sdk.Redaction;
using Wan27.Sdk.Serialization;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Account;

/// <summary>Asks what is left on the account.</summary>
internal sealed class AccountReader(ApiReader reader)
{
    public Task<decimal> ReadBalanceAsync(CancellationToken cancellationToken) => reader.ReadAsync(
        "/v2/billing",
        static json =>
        {
            var fields = new JsonFields(json);
            var amount = fields.TakeNumber("current_balance") ?? throw new JsonException("it has no current_balance");
            return fields.TakeText("currency") is null or "USD" ? amount : throw new JsonException("its currency is not USD");
        },
        Redactor.None,
        cancellationToken).AsTask();
}

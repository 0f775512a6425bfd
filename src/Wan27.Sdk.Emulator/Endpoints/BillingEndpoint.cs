using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Api;

namespace Wan27.Sdk.Emulator.Endpoints;

/// <summary>Returns the balance of the account.</summary>
internal sealed class BillingEndpoint : IEndpoint
{
    public EmulatorOperations Operation => EmulatorOperations.Billing;

    public EmulatedResponse Handle(RequestContext context) =>
        EmulatedResponse.CreateJson(context, new JsonObject { ["current_balance"] = context.Account.Generations.Balance, ["currency"] = "USD" });
}

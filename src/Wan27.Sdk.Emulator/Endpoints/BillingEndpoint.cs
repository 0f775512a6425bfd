using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Api;
using Wan27.Sdk.Emulator.Generations;

namespace Wan27.Sdk.Emulator.Endpoints;

/// <summary>Returns the balance of the account.</summary>
internal sealed class BillingEndpoint(GenerationStore generations) : IEndpoint
{
    public EmulatorOperations Operation => EmulatorOperations.Billing;

    public EmulatedResponse Handle(RequestContext context) =>
        EmulatedResponse.CreateJson(context, new JsonObject { ["current_balance"] = generations.Balance, ["currency"] = "USD" });
}

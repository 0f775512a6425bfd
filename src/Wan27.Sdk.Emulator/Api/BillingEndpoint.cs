using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Wire;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>The balance.</summary>
internal sealed class BillingEndpoint(GenerationStore generations) : IEndpoint
{
    public EmulatorOperations Operation => EmulatorOperations.Billing;

    public Answer Serve(Call call) =>
        Answer.Json(call, new JsonObject { ["current_balance"] = generations.Balance, ["currency"] = "USD" });
}

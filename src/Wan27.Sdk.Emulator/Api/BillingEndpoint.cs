using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Tasks;
using Wan27.Sdk.Emulator.Wire;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>The balance.</summary>
internal sealed class BillingEndpoint(TaskBook tasks) : IEndpoint
{
    public EmulatorOperations Operation => EmulatorOperations.Billing;

    public Answer Serve(Call call) =>
        Answer.Json(call, new JsonObject { ["current_balance"] = tasks.Balance(), ["currency"] = "USD" });
}

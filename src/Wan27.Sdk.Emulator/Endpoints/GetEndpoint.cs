using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Api;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Schema;

namespace Wan27.Sdk.Emulator.Endpoints;

/// <summary>Returns the state of a generation.</summary>
internal sealed class GetEndpoint(FileUrls urls) : IEndpoint
{
    public EmulatorOperations Operation => EmulatorOperations.Get;

    public EmulatedResponse Handle(RequestContext context)
    {
        if (context.GetQueryValue("generation_id") is not { } id)
        {
            var issues = new JsonArray(ValidationIssue.Missing("generation_id", "string"));
            return EmulatedResponse.CreateProblem(context, 400, "Invalid payload provided.", issues);
        }

        if (context.Account.Generations.Read(id) is not { } generation)
            return EmulatedResponse.CreateProblem(context, 404, $"Generation {id} not found");

        var url = urls.Create(generation);
        var response = generation.Script.ResponseJson is { } json
            ? EmulatedResponse.CreateJson(context, FillPlaceholders(json, generation, url))
            : EmulatedResponse.CreateJson(context, GenerationJson.Create(generation, url));
        var spent = generation is { EndedAt: not null, Failed: false } ? generation.Submission.Usd : 0;
        return response.WithTrace(id, spent, Pricing.ToCredits(spent));
    }

    private static string FillPlaceholders(string json, GenerationSnapshot generation, string url) => json
        .Replace("{id}", generation.Submission.Id, StringComparison.Ordinal)
        .Replace("{status}", generation.Status, StringComparison.Ordinal)
        .Replace("{url}", url, StringComparison.Ordinal);
}

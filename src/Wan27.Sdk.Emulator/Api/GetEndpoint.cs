using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Schema;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Wire;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>Reads a generation.</summary>
internal sealed class GetEndpoint(GenerationStore generations, FileUrls urls) : IEndpoint
{
    public EmulatorOperations Operation => EmulatorOperations.Get;

    public Answer Serve(Call call)
    {
        if (call.Query("generation_id") is not { } id)
            return Answer.Problem(call, 400, "Invalid payload provided.", new JsonArray(Issue.Missing("generation_id", "string")));
        if (generations.Read(id) is not { } generation)
            return Answer.Problem(call, 404, $"Generation {id} not found");

        var url = urls.For(generation);
        var answer = generation.Script.AnswerJson is { } scripted
            ? Answer.Json(call, Fill(scripted, generation, url))
            : Answer.Json(call, GenerationJson.Read(generation, url));
        var spent = generation is { EndedAt: not null, Failed: false } ? generation.Submission.Usd : 0;
        return answer.WithTrace(id, spent, Pricing.ToCredits(spent));
    }

    private static string Fill(string scripted, GenerationSnapshot generation, string url) => scripted
        .Replace("{id}", generation.Submission.Id, StringComparison.Ordinal)
        .Replace("{status}", generation.Status, StringComparison.Ordinal)
        .Replace("{url}", url, StringComparison.Ordinal);
}

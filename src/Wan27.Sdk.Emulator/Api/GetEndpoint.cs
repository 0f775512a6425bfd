using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Schema;
using Wan27.Sdk.Emulator.Tasks;
using Wan27.Sdk.Emulator.Wire;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>Reads a task.</summary>
internal sealed class GetEndpoint(TaskBook tasks, FileUrls urls) : IEndpoint
{
    public EmulatorOperations Operation => EmulatorOperations.Get;

    public Answer Serve(Call call)
    {
        if (call.Query("generation_id") is not { } id)
            return Answer.Problem(call, 400, "Invalid payload provided.", new JsonArray(Issue.Missing("generation_id", "string")));
        if (tasks.Read(id) is not { } task)
            return Answer.Problem(call, 404, $"Generation {id} not found");

        var url = urls.For(task);
        var answer = task.Script.AnswerJson is { } scripted
            ? Answer.Json(call, Fill(scripted, task, url))
            : Answer.Json(call, GenerationJson.Read(task, url));
        var spent = task is { EndedAt: not null, Failed: false } ? task.Submission.Usd : 0;
        return answer.WithTrace(id, spent, Tariff.Credits(spent));
    }

    private static string Fill(string scripted, TaskReading task, string url) => scripted
        .Replace("{id}", task.Submission.Id, StringComparison.Ordinal)
        .Replace("{status}", task.Status, StringComparison.Ordinal)
        .Replace("{url}", url, StringComparison.Ordinal);
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Schema;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Wire;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>The paid call: validates, checks the balance, makes the generation.</summary>
internal sealed class SubmitEndpoint(GenerationStore generations, bool rejectUnknownFields) : IEndpoint
{
    public EmulatorOperations Operation => EmulatorOperations.Submit;

    public Answer Serve(Call call)
    {
        if (call.Body.IsTooLarge)
            return Answer.Problem(call, 413);
        if (Parse(call.Body.Text) is not { RootElement.ValueKind: JsonValueKind.Object } document)
            return Answer.Problem(call, 400, "Invalid JSON payload passed.");

        using (document)
            return Submit(call, document.RootElement);
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Answer Submit(Call call, JsonElement body)
    {
        var (schema, wrongModel) = FindModel(body);
        if (schema is null)
            return Refuse(call, [wrongModel!]);

        var issues = schema.Validate(body, call.Body.Media, rejectUnknownFields);
        if (issues.Count > 0)
            return Refuse(call, issues);

        var parameters = schema.ReadParameters(body, call.Body.Media);
        if (generations.Accept(parameters, Encoding.UTF8.GetString(call.Body.Text.Span), call.ClientRequestId, call.RequestId) is not { } generation)
            return OutOfCredits(call);

        return Answer.Json(call, GenerationJson.Accepted(generation), 201)
            .WithTrace(generation.Id, generation.Usd, Pricing.ToCredits(generation.Usd)) with { GenerationId = generation.Id };
    }

    private static (ModelSchema? Schema, JsonObject? Issue) FindModel(JsonElement body)
    {
        if (!body.TryGetProperty("model", out var model))
            return (null, Issue.Missing("model", "string"));
        if (model.ValueKind != JsonValueKind.String)
            return (null, Issue.WrongType("model", "string", model));

        var id = model.GetString()!;
        var schema = ModelSchema.All.FirstOrDefault(schema => schema.Id == id);
        return (schema, schema is null ? Issue.NotOffered("model", ModelSchema.All.Select(known => known.Id), id) : null);
    }

    private static Answer Refuse(Call call, IReadOnlyList<JsonObject> issues) =>
        Answer.Problem(call, 400, "Invalid payload provided.", new JsonArray([.. issues]));

    private static Answer OutOfCredits(Call call) => Answer.Problem(
        call,
        403,
        "You've run out of credits. Please top up your balance.",
        new JsonObject { ["kind"] = "err_insufficent_credits" });
}

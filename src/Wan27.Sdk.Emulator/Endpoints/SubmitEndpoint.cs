using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Api;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Schema;

namespace Wan27.Sdk.Emulator.Endpoints;

/// <summary>Handles the paid request: validates it, checks the balance and creates the generation.</summary>
internal sealed class SubmitEndpoint(bool rejectUnknownFields) : IEndpoint
{
    public EmulatorOperations Operation => EmulatorOperations.Submit;

    public EmulatedResponse Handle(RequestContext context)
    {
        if (context.Body.IsTooLarge)
            return EmulatedResponse.CreateProblem(context, 413);
        if (Parse(context.Body.Text) is not { RootElement.ValueKind: JsonValueKind.Object } document)
            return EmulatedResponse.CreateProblem(context, 400, "Invalid JSON payload passed.");

        using (document)
            return Submit(context, document.RootElement);
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

    private EmulatedResponse Submit(RequestContext context, JsonElement body)
    {
        var (schema, issue) = FindModel(body);
        if (schema is null)
            return Reject(context, [issue!]);

        var issues = schema.Validate(body, context.Body.Media, rejectUnknownFields);
        if (issues.Count > 0)
            return Reject(context, issues);

        var parameters = schema.ReadParameters(body, context.Body.Media);
        var text = Encoding.UTF8.GetString(context.Body.Text.Span);
        if (context.Account.Generations.Accept(parameters, text, context.ClientRequestId, context.RequestId) is not { } generation)
            return RejectWithoutCredits(context);

        var submission = generation.Submission;
        var response = EmulatedResponse.CreateJson(context, GenerationJson.CreateAccepted(generation), 201)
            .WithTrace(submission.Id, submission.Usd, Pricing.ToCredits(submission.Usd));
        return response with { GenerationId = submission.Id };
    }

    private static (ModelSchema? Schema, JsonObject? Issue) FindModel(JsonElement body)
    {
        if (!body.TryGetProperty("model", out var model))
            return (null, ValidationIssue.Missing("model", "string"));
        if (model.ValueKind != JsonValueKind.String)
            return (null, ValidationIssue.WrongType("model", "string", model));

        var id = model.GetString()!;
        return ModelSchema.All.FirstOrDefault(schema => schema.Id == id) is { } schema
            ? (schema, null)
            : (null, ValidationIssue.NotAllowed("model", ModelSchema.All.Select(known => known.Id), id));
    }

    private static EmulatedResponse Reject(RequestContext context, IReadOnlyList<JsonObject> issues) =>
        EmulatedResponse.CreateProblem(context, 400, "Invalid payload provided.", new JsonArray([.. issues]));

    private static EmulatedResponse RejectWithoutCredits(RequestContext context) => EmulatedResponse.CreateProblem(
        context,
        403,
        "You've run out of credits. Please top up your balance.",
        new JsonObject { ["kind"] = "err_insufficent_credits" });
}

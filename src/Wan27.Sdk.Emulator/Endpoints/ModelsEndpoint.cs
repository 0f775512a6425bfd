using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Api;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Schema;

namespace Wan27.Sdk.Emulator.Endpoints;

/// <summary>Returns the models, and their prices if the request includes them. Needs no API key.</summary>
internal sealed class ModelsEndpoint : IEndpoint
{
    public EmulatorOperations Operation => EmulatorOperations.Models;

    public EmulatedResponse Handle(RequestContext context)
    {
        var included = context.GetQueryValue("include")?.Split(',') ?? [];
        var withPricing = included.Contains("pricing", StringComparer.Ordinal) && !context.Behavior.HidesPrices;
        var listed = context.Behavior.HidesModels ? [] : ModelSchema.All;
        var models = listed
            .Where(model => Matches(model.Id, context.GetQueryValue("id")))
            .Select(model => CreateModel(model, withPricing))
            .ToArray();
        var body = new JsonObject { ["object"] = "list", ["data"] = new JsonArray(models) };
        var response = EmulatedResponse.CreateJson(context, body);

        var tag = $"\"{Convert.ToHexString(SHA256.HashData(response.Body.Span))[..32]}\"";
        var isKnown = context.Http.Headers.IfNoneMatch.Any(known => known == tag);
        return (isKnown ? response with { Status = 304, Body = default } : response).WithHeader("ETag", tag);
    }

    private static bool Matches(string id, string? requested) =>
        requested is null || requested == id || requested == GetAlias(id);

    private static string GetAlias(string id) => id[(id.IndexOf('/') + 1)..];

    private static JsonObject CreateModel(ModelSchema schema, bool withPricing)
    {
        var model = new JsonObject
        {
            ["id"] = schema.Id,
            ["object"] = "model",
            ["aliases"] = new JsonArray(GetAlias(schema.Id)),
            ["type"] = "video",
        };
        if (withPricing)
            model["pricing"] = schema.IsOpen ? CreateFixedPricing(schema.Id) : CreatePricingBySecond();
        return model;
    }

    private static JsonObject CreateFixedPricing(string id) => new()
    {
        ["kind"] = "fixed",
        ["units"] = new JsonArray(
            new JsonObject { ["name"] = "video", ["price"] = Pricing.GetUsdPerOtherVideo(id), ["per"] = 1 }),
    };

    private static JsonObject CreatePricingBySecond() => new()
    {
        ["kind"] = "variants",
        ["dimensions"] = new JsonArray("resolution"),
        ["variants"] = new JsonArray(
            CreateVariant("720p", Pricing.Usd720pPerSecond), CreateVariant("1080p", Pricing.Usd1080pPerSecond)),
    };

    private static JsonObject CreateVariant(string resolution, decimal price) => new()
    {
        ["when"] = new JsonObject { ["resolution"] = resolution },
        ["price"] = price,
        ["unit"] = "second",
        ["per"] = 1,
    };
}

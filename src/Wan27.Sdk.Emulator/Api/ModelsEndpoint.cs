using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Schema;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Wire;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>The catalogue, with prices when asked for. Public.</summary>
internal sealed class ModelsEndpoint : IEndpoint
{
    public EmulatorOperations Operation => EmulatorOperations.Models;

    public Answer Serve(Call call)
    {
        var withPricing = !call.Conditions.HidesPrices && (call.Query("include")?.Split(',').Contains("pricing", StringComparer.Ordinal) ?? false);
        var listed = call.Conditions.HidesModels ? [] : ModelSchema.All;
        var models = listed.Where(model => Fits(model.Id, call.Query("id"))).Select(model => Model(model.Id, withPricing)).ToArray();
        var answer = Answer.Json(call, new JsonObject { ["object"] = "list", ["data"] = new JsonArray(models) });

        var tag = $"\"{Convert.ToHexString(SHA256.HashData(answer.Body.Span))[..32]}\"";
        var isKnown = call.Http.Headers.IfNoneMatch.Any(known => known == tag);
        return (isKnown ? answer with { Status = 304, Body = default } : answer).WithHeader("ETag", tag);
    }

    private static bool Fits(string id, string? wanted) => wanted is null || wanted == id || wanted == Alias(id);

    private static string Alias(string id) => id["alibaba/".Length..];

    private static JsonObject Model(string id, bool withPricing)
    {
        var model = new JsonObject
        {
            ["id"] = id,
            ["object"] = "model",
            ["aliases"] = new JsonArray(Alias(id)),
            ["type"] = "video",
        };
        if (withPricing)
        {
            model["pricing"] = new JsonObject
            {
                ["kind"] = "variants",
                ["dimensions"] = new JsonArray("resolution"),
                ["variants"] = new JsonArray(Variant("720p", Pricing.Usd720pPerSecond), Variant("1080p", Pricing.Usd1080pPerSecond)),
            };
        }

        return model;
    }

    private static JsonObject Variant(string resolution, decimal price) => new()
    {
        ["when"] = new JsonObject { ["resolution"] = resolution },
        ["price"] = price,
        ["unit"] = "second",
        ["per"] = 1,
    };
}

using System.Text.Json;
using Wan27.Sdk.Redaction;
using Wan27.Sdk.Serialization;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Account;

/// <summary>Reads the list of models.</summary>
internal sealed class ModelList(ApiReader reader)
{
    private const string VideoType = "video";

    public Task<IReadOnlyList<VideoModel>> ReadAsync(bool includeOtherTypes, CancellationToken cancellationToken) =>
        reader.ReadAsync("/v1/models?include=pricing", json => Read(json, includeOtherTypes), Redactor.None, cancellationToken).AsTask();

    private static IReadOnlyList<VideoModel> Read(JsonElement json, bool includeOtherTypes)
    {
        if (new JsonFields(json).Take("data") is not { ValueKind: JsonValueKind.Array } rows)
            throw new JsonException("the list of models has no rows");
        var models = rows.EnumerateArray().Select(Model).OfType<VideoModel>();
        return [.. models.Where(model => includeOtherTypes || model.Type == VideoType)];
    }

    // An id that cannot be printed as it is would be an attack on whoever prints the list.
    private static VideoModel? Model(JsonElement row)
    {
        var fields = new JsonFields(row);
        if (fields.TakeText("id") is not { } id || !Redactor.None.IsId(id))
            return null;
        var aliases = fields.Take("aliases") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(JsonFields.Text) : [];
        var model = new VideoModel
        {
            Id = id,
            Type = fields.TakeText("type") is { } type && Redactor.None.IsToken(type) ? type : null,
            Aliases = [.. aliases.Where(Redactor.None.IsId)],
        };
        return fields.Take("pricing") is { } pricing && ModelPricing.Read(pricing)?.Range is var (min, max, unit) && Redactor.None.IsToken(unit)
            ? model with { MinPriceUsd = min, MaxPriceUsd = max, PriceUnit = unit }
            : model;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoStudio.Store;

/// <summary>The JSON format of records on disk, in the database and for the page: camelCase, enums as strings.</summary>
internal static class GenerationJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}

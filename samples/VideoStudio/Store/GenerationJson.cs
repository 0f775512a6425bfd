using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoStudio.Store;

/// <summary>How records are written, to the disk, to the database and to the page: camelCase, states as words.</summary>
internal static class GenerationJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}

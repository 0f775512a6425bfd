using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace Wan27.Sdk.AotSmoke;

/// <summary>The comparison: the shortest program with only HttpClient and no reflection. Arguments: address, key, file.</summary>
internal static partial class BareProgram
{
    public static async Task Main(string[] args)
    {
        using var http = new HttpClient { BaseAddress = new Uri(args[0]) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", args[1]);
        try
        {
            var request = new Request("alibaba/wan-2-7-t2v", "A fox in the snow.");
            using var response = await http.PostAsJsonAsync("v2/video/generations", request, BareJson.Default.Request);
            var generation = await ReadAsync(response);
            while (true)
            {
                using var poll = await http.GetAsync($"v2/video/generations?generation_id={Uri.EscapeDataString(generation.Id)}");
                generation = await ReadAsync(poll);
                if (generation.Status == "completed")
                    break;
                await Task.Delay(20);
            }

            Console.WriteLine(generation.Id);
            await using var video = await http.GetStreamAsync(generation.Video!.Url);
            await using var file = File.Create(args[2]);
            await video.CopyToAsync(file);
        }
        catch (HttpRequestException e)
        {
            Console.Error.WriteLine(e.Message);
            Environment.ExitCode = 1;
        }
    }

    private static async Task<Generation> ReadAsync(HttpResponseMessage response) => response.IsSuccessStatusCode
        ? (await response.Content.ReadFromJsonAsync(BareJson.Default.Generation))!
        : throw new HttpRequestException(await response.Content.ReadAsStringAsync(), null, response.StatusCode);

    internal sealed record Request(string Model, string Prompt);

    internal sealed record Video(string Url);

    internal sealed record Generation(string Id, string Status, Video? Video);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(Request))]
    [JsonSerializable(typeof(Generation))]
    internal sealed partial class BareJson : JsonSerializerContext;
}

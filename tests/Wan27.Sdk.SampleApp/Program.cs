using Wan27.Sdk;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddWanVideoClient(builder.Configuration.GetSection("Wan27"));
var app = builder.Build();
app.MapPost("/videos", async (string prompt, IWanVideoClient client) =>
{
    var generation = await client.CreateAsync(new TextToVideoRequest { Prompt = prompt });
    return Results.Accepted(value: new { generation.Id });
});
await app.RunAsync();

/// <summary>A small web application as a user writes it, for the fixture that docs/testing.md shows.</summary>
public sealed partial class Program;

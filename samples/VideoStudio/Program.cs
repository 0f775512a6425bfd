using Microsoft.Extensions.Options;
using VideoStudio.Api;
using VideoStudio.Hosting;

var builder = WebApplication.CreateBuilder(args);
var options = StudioOptions.Read(builder.Configuration);
builder.Services.AddSingleton(Options.Create(options));
await using var service = await StudioService.ChooseAsync(builder.Configuration, options);
builder.Services.AddSingleton(_ => service);

var hasDatabase = builder.AddStudioStore();
builder.AddStudioJobs(hasDatabase, options.Workers);
builder.AddStudioApi();
builder.AddStudioWeb();
builder.AddStudioTelemetry();

var app = builder.Build();
await app.MigrateStudioStoreAsync();
app.UseStudioWeb(options);
app.MapStudioApi();
await app.RunAsync();

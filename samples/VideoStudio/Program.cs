using VideoStudio.Api;
using VideoStudio.Hosting;

var builder = WebApplication.CreateBuilder(args);
await using var service = await StudioService.ChooseAsync(builder.Configuration);
builder.Services.AddSingleton(_ => service);

var hasDatabase = builder.AddStudioStore();
builder.AddStudioJobs(hasDatabase);
builder.AddStudioApi();
builder.AddStudioWeb();
builder.AddStudioTelemetry();

var app = builder.Build();
await app.MigrateStudioStoreAsync();
app.UseStudioWeb();
app.MapStudioApi();
await app.RunAsync();

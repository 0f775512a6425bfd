using VideoStudio.Api;

var builder = WebApplication.CreateBuilder(args);
var options = StudioOptions.Read(builder.Configuration);
builder.Services.AddSingleton(Options.Create(options));
await builder.AddStudioServiceAsync(options);
builder.AddStudioDatabase(options);
builder.Services.AddSingleton<Uploads>();
builder.Services.AddScoped<Orders>();
builder.AddStudioWeb(options);

var app = builder.Build();
await app.MigrateStudioDatabaseAsync();
app.UseStudioWeb(options);
app.MapStudioApi();
await app.RunAsync();

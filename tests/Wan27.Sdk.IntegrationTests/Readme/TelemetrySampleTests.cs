using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Trace;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Readme;

/// <summary>Runs the README's sample for OpenTelemetry.</summary>
[CollectionDefinition(nameof(TelemetrySampleTests), DisableParallelization = true)]
[Collection(nameof(TelemetrySampleTests))]
public sealed class TelemetrySampleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sample_prints_entries_spans_and_metrics_of_one_trace()
    {
        await using var emulator = await WanEmulator.StartAsync(options => options.QueuedFor = options.GeneratingFor = TimeSpan.Zero, Cancellation);
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration["Wan27:BaseAddress"] = $"{emulator.BaseAddress}";
        builder.Configuration["Wan27:ApiKey"] = emulator.ApiKey;
        builder.Services.AddSingleton<TimeProvider>(new ShortClock());
        var spans = new List<Activity>();

        ReadmeSamples.Telemetry(builder);
        builder.Services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddInMemoryExporter(spans));
        var printed = await PrintedAsync(async () =>
        {
            using var host = builder.Build();
            await host.StartAsync(Cancellation);
            var client = host.Services.GetRequiredService<IWanVideoClient>();
            var generation = await client.GenerateAndWaitAsync(Samples.Text(), cancellationToken: Cancellation);
            await client.DownloadAsync(generation, Stream.Null, cancellationToken: Cancellation);
            await host.StopAsync(Cancellation);
        });

        // The emulator, in the same process, is a web application too.
        spans.RemoveAll(span => span.Source.Name != WanVideoClient.ActivitySourceName);
        Assert.Equal(["wan27.submit", "wan27.poll", "generate_content alibaba/wan-2-7-t2v", "wan27.download"], spans.Select(span => span.DisplayName));
        Assert.Single(spans.Select(span => span.TraceId).Distinct());
        Assert.All(spans.Where(span => span.Kind is ActivityKind.Internal), part => Assert.Equal(spans[2].SpanId, part.ParentSpanId));
        foreach (var reported in new[] { "Submission {ClientRequestId} is generation", "generate_content alibaba/wan-2-7-t2v", "wan27.download", "wan27.generations", "gen_ai.client.operation.duration", "wan27.network.io", "my-videos" })
            Assert.Contains(reported, printed, StringComparison.Ordinal);
        Assert.Null(KnownSecrets.In(printed));
    }

    [Fact]
    public async Task The_spans_inside_a_web_request_are_exported_with_it()
    {
        await using var emulator = await WanEmulator.StartAsync(cancellationToken: Cancellation);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Configuration["Wan27:BaseAddress"] = $"{emulator.BaseAddress}";
        builder.Configuration["Wan27:ApiKey"] = emulator.ApiKey;
        var spans = new List<Activity>();
        ReadmeSamples.Telemetry(builder);
        builder.Services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddInMemoryExporter(spans));
        await PrintedAsync(async () =>
        {
            await using var app = builder.Build();
            app.Run(async http => await app.Services.GetRequiredService<IWanVideoClient>().CreateAsync(Samples.Text(), http.RequestAborted));
            await app.StartAsync(Cancellation);
            using var browser = new HttpClient();
            await browser.GetStringAsync(Assert.Single(app.Urls), Cancellation);
            await app.StopAsync(Cancellation);
        });

        var submission = Assert.Single(spans, span => span.DisplayName == "wan27.submit");
        Assert.Contains(spans, span => span.SpanId == submission.ParentSpanId && span.Source.Name == "Microsoft.AspNetCore");
    }

    private static async Task<string> PrintedAsync(Func<Task> run)
    {
        var (console, printed) = (Console.Out, new StringWriter());
        Console.SetOut(printed);
        try
        {
            await run();
        }
        finally
        {
            Console.SetOut(console);
        }

        return printed.ToString();
    }
}

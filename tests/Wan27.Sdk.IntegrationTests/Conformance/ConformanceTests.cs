using System.Text.Json.Nodes;
using Spectre.Console.Testing;
using Wan27.Sdk.Conformance;
using Wan27.Sdk.Conformance.Statements;
using Wan27.Sdk.Conformance.Targets;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Conformance;

/// <summary>The conformance program: on the emulator alone, and with a second emulator in place of the service.</summary>
public sealed class ConformanceTests
{
    private const string ServiceKey = "key-of-the-second-emulator";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_statement_holds_on_the_emulator()
    {
        var run = await RunAsync(service: null);

        Assert.Equal(ConformanceProgram.Success, run.ExitCode);
        Assert.All(run.Statements, statement => Assert.Equal("holds", (string?)statement["emulator"]!["outcome"]));
        Assert.All(run.Statements, statement => Assert.Equal("not-run", (string?)statement["service"]!["outcome"]));
        Assert.Equal(Catalog.All.Count, run.Statements.Count);
        Assert.Contains("WAN27_LIVE_KEY is not set", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_emulator_differs_in_nothing_and_costs_less_than_a_dollar()
    {
        await using var service = await StartServiceAsync();

        var run = await RunAsync(service, "--yes");

        Assert.Equal(ConformanceProgram.Success, run.ExitCode);
        Assert.All(
            run.Statements.Where(statement => (string?)statement["id"] != "error.out-of-credits"),
            statement => Assert.Equal("holds", (string?)statement["service"]!["outcome"]));
        Assert.Equal((2, 0.4m), (service.Ledger.Submissions.Count, service.Ledger.TotalCharged));
        Assert.Equal(0.4m, (decimal)run.Report["spent_usd"]!);
        Assert.Equal(service.Ledger.CompleteSubmissionBodies + 1, (int)run.Report["posts"]!); // one was refused before its body
        Assert.DoesNotContain(service.Ledger.Requests, request => request.Operation == EmulatorOperations.File && request.HasAuthorization);
    }

    [Fact]
    public async Task What_costs_money_is_reported_before_it_is_sent()
    {
        await using var service = await StartServiceAsync();

        var run = await RunAsync(service, "--yes");

        Assert.Contains("2 paid submissions of alibaba/wan2.1-t2v-turbo: 0.40 USD of at most 1.00 USD", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_difference_is_marked_and_fails_the_run()
    {
        await using var service = await StartServiceAsync(options => (options.RejectUnknownFields, options.LogRunningGenerations) = (true, false));

        var run = await RunAsync(service, "--yes");

        Assert.Equal(ConformanceProgram.Different, run.ExitCode);
        var different = run.Statements.Where(statement => (bool)statement["differs"]!);
        Assert.Equal(["field.unknown", "log.in-progress"], different.Select(statement => (string?)statement["id"]));
        var row = Assert.Single(run.Output.Split('\n'), line => line.Contains("field.unknown", StringComparison.Ordinal));
        Assert.Contains("differs", row, StringComparison.Ordinal);
        Assert.Contains("2 differ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_that_fails_at_the_service_fails_the_run()
    {
        await using var service = await StartServiceAsync();
        service.Faults.Add(EmulatorFault.Status(503).On(EmulatorOperations.Metrics).Always());

        var run = await RunAsync(service, "--free");

        Assert.Equal(ConformanceProgram.Different, run.ExitCode);
        Assert.Equal("fails", (string?)run.Find("metrics.shape")["service"]!["outcome"]);
    }

    [Theory]
    [InlineData("n")]
    [InlineData(null)]
    [InlineData("--free")]
    public async Task Without_consent_no_submission_is_sent(string? response)
    {
        await using var service = await StartServiceAsync();

        var run = response is "--free" ? await RunAsync(service, "--free") : await RespondAsync(service, response);

        Assert.Equal(ConformanceProgram.Success, run.ExitCode);
        Assert.DoesNotContain(service.Ledger.Requests, request => request.Method == "POST");
        Assert.Equal("holds", (string?)run.Find("models.listed")["service"]!["outcome"]);
        Assert.Equal("declined", (string?)run.Find("submission.echo")["service"]!["value"]);
        Assert.Equal("declined", (string?)run.Find("submit.no-prompt")["service"]!["value"]);
    }

    [Fact]
    public async Task A_consent_at_the_prompt_sends_the_submissions()
    {
        await using var service = await StartServiceAsync();

        _ = await RespondAsync(service, "y");

        Assert.Equal(2, service.Ledger.Submissions.Count);
    }

    [Theory]
    [InlineData("1", 0.4, true)]
    [InlineData("0.7", 0.4, true)]
    [InlineData("0.3", 0.2, false)]
    [InlineData("0.1", 0, false)]
    [InlineData("0", 0, false)]
    public async Task A_run_stays_within_its_limit(string limit, double charged, bool hasProbes)
    {
        await using var service = await StartServiceAsync();

        var run = await RunAsync(service, "--yes", "--max-cost", limit);

        Assert.Equal((decimal)charged, service.Ledger.TotalCharged);
        Assert.Equal(hasProbes, (string?)run.Find("submit.no-prompt")["service"]!["outcome"] == "holds");
        Assert.Equal(charged > 0.3, (string?)run.Find("repeat.generation")["service"]!["outcome"] == "holds");
    }

    [Theory]
    [InlineData("1.01")]
    [InlineData("-1")]
    public async Task A_limit_above_one_dollar_is_refused_before_anything_is_sent(string limit)
    {
        await using var service = await StartServiceAsync();

        var run = await RunAsync(service, "--yes", "--max-cost", limit);

        Assert.Equal(ConformanceProgram.Unusable, run.ExitCode);
        Assert.Contains("--max-cost must be between 0 and 1 USD", run.Output, StringComparison.Ordinal);
        Assert.Empty(service.Ledger.Requests);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task No_submission_is_sent_again(int status)
    {
        await using var service = await StartServiceAsync();
        service.Faults.Add(EmulatorFault.Status(status, TimeSpan.Zero).When(IsPaid).On(EmulatorOperations.Submit).Always());

        var run = await RunAsync(service, "--yes");

        Assert.Equal(ConformanceProgram.Different, run.ExitCode);
        Assert.Equal(1, service.Ledger.Requests.Count(IsPaid));
        Assert.Empty(service.Ledger.Submissions);
    }

    [Fact]
    public async Task A_submission_that_is_accepted_although_it_is_invalid_is_the_last_one()
    {
        await using var service = await StartServiceAsync();
        var accept = EmulatorFault.RespondWith(201, "application/json", """{"id":"bought","status":"queued"}""");
        service.Faults.Add(accept.On(EmulatorOperations.Submit).Always());

        var run = await RunAsync(service, "--yes");

        Assert.Equal(ConformanceProgram.Different, run.ExitCode);
        Assert.Equal("fails", (string?)run.Find("submit.no-prompt")["service"]!["outcome"]);
        Assert.Single(service.Ledger.Requests, request => request.Method == "POST");
        Assert.Equal(0.65m, (decimal)run.Report["spent_usd"]!);
    }

    [Fact]
    public async Task The_key_and_signatures_appear_nowhere()
    {
        await using var service = await StartServiceAsync();
        service.Faults.Add(EmulatorFault.RespondWith(500, "text/plain", $"Bearer {ServiceKey}").On(EmulatorOperations.Metrics).Always());

        var run = await RunAsync(service, "--yes");

        Assert.All([run.Output, run.Report.ToJsonString()], text =>
        {
            Assert.DoesNotContain(ServiceKey, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Signature=", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("emulator-key", text, StringComparison.OrdinalIgnoreCase);
        });
        var exchanges = run.Report["exchanges"]!["service"]!.AsArray();
        Assert.Contains(exchanges, exchange => ((string?)exchange!["body"])!.Contains("Bearer ***", StringComparison.Ordinal));
        Assert.Contains(exchanges, exchange => ((string?)exchange!["body"])!.Contains(".mp4?***", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_cannot_be_sent_is_refused_without_quoting_it()
    {
        await using var service = await StartServiceAsync();

        var run = await RunWithAsync(service, "bad\r\nkey", null, "--yes");

        Assert.Equal(ConformanceProgram.Unusable, run.ExitCode);
        Assert.DoesNotContain("bad", run.Output, StringComparison.Ordinal);
        Assert.Empty(service.Ledger.Requests);
    }

    private static bool IsPaid(EmulatorRequest request) => request.Body.Contains(Session.Prompt, StringComparison.Ordinal);

    /// <summary>Starts an emulator whose generations progress by reads.</summary>
    private static async Task<WanEmulator> StartServiceAsync(Action<WanEmulatorOptions>? configure = null)
    {
        var service = await WanEmulator.StartAsync(
            options =>
            {
                options.ApiKey = ServiceKey;
                options.Seed = 5;
                configure?.Invoke(options);
            },
            Cancellation);
        service.Script(EmulatorScript.RespondWithStatuses("queued", "generating", "completed"), int.MaxValue);
        return service;
    }

    private static Task<Run> RunAsync(WanEmulator? service, params string[] arguments) => RunWithAsync(service, ServiceKey, null, arguments);

    private static Task<Run> RespondAsync(WanEmulator service, string? input) => RunWithAsync(service, ServiceKey, input);

    private static async Task<Run> RunWithAsync(WanEmulator? service, string key, string? input, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        using var console = new TestConsole();
        console.Profile.Width = 400;
        if (input is not null)
            console.Interactive().Input.PushTextWithEnter(input);
        string[] all = [.. arguments, "--json", folder["report.json"], "--interval", "0"];
        if (service is not null)
            all = [.. all, "--service", service.BaseAddress.AbsoluteUri];

        var program = new ConformanceProgram(console, name => name == ConformanceProgram.KeyVariable && service is not null ? key : null);
        var exitCode = await program.RunAsync(all);
        var report = File.Exists(folder["report.json"]) ? await File.ReadAllTextAsync(folder["report.json"], Cancellation) : "{}";
        return new Run(exitCode, console.Output, JsonNode.Parse(report)!.AsObject());
    }

    private sealed record Run(int ExitCode, string Output, JsonObject Report)
    {
        public IReadOnlyList<JsonNode> Statements => [.. Report["statements"]!.AsArray().OfType<JsonNode>()];

        public JsonNode Find(string id) => Statements.Single(statement => (string?)statement["id"] == id);
    }
}

using System.CommandLine;
using Spectre.Console;
using Wan27.Sdk.Conformance.Output;
using Wan27.Sdk.Conformance.Statements;
using Wan27.Sdk.Conformance.Targets;
using Wan27.Sdk.Emulator;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Conformance;

/// <summary>Runs the statements against the emulator, and against the service if there is a key for it.</summary>
/// <param name="console">Where the results are printed and the consent is asked for.</param>
/// <param name="readEnvironment">Reads a variable of the environment.</param>
internal sealed class ConformanceProgram(IAnsiConsole console, Func<string, string?> readEnvironment)
{
    public const string KeyVariable = "WAN27_LIVE_KEY";

    public const int Success = 0;
    public const int Different = 1;
    public const int Unusable = 2;

    private const decimal MaxUsd = 1m;
    private const string EmptyAccountKey = "emulator-key-without-credits";

    private readonly Option<string> service = new("--service")
    {
        Description = "The address of the service.",
        DefaultValueFactory = _ => "https://api.aimlapi.com",
    };

    private readonly Option<decimal> maxCost = new("--max-cost")
    {
        Description = "The most that a run may cost at the service, in US dollars: at most 1.",
        DefaultValueFactory = _ => MaxUsd,
    };

    private readonly Option<bool> yes = new("--yes") { Description = "Do not ask before the first submission." };
    private readonly Option<bool> free = new("--free") { Description = "Only the statements that send no submission to the service." };
    private readonly Option<FileInfo?> json = new("--json") { Description = "A file for the results and the exchanges, without secrets." };
    private readonly Option<double> interval = new("--interval")
    {
        Description = "The pause between two reads of the same generation, in seconds.",
        DefaultValueFactory = _ => 10,
    };

    private readonly Option<bool> list = new("--list") { Description = "Print the statements, and run nothing." };

    public async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var root = new RootCommand($"Checks statements about the API on the emulator, and on the service if {KeyVariable} is set.")
        {
            service, maxCost, yes, free, json, interval, list,
        };
        root.SetAction(RunOrExplainAsync);
        return await root.Parse(arguments).InvokeAsync();
    }

    private async Task<int> RunOrExplainAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(parsed, cancellationToken);
        }
        catch (Exception e) when (e is ArgumentException or WanException)
        {
            console.WriteLine(e.Message);
            return Unusable;
        }
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(list))
        {
            foreach (var statement in Catalog.All)
                console.WriteLine(ResultTable.Describe(statement));
            return Success;
        }

        var limit = parsed.GetValue(maxCost);
        if (limit is < 0 or > MaxUsd)
        {
            console.WriteLine(FormattableString.Invariant($"--max-cost must be between 0 and {MaxUsd} USD (was {limit})."));
            return Unusable;
        }

        var key = readEnvironment(KeyVariable) is { Length: > 0 } text ? text : null;
        await using var emulator = await StartEmulatorAsync(cancellationToken);
        using var emulatorSession = new Session(SessionSettings.ForEmulator(emulator, EmptyAccountKey));
        using var serviceSession = key is null ? null : await CreateServiceSessionAsync(parsed, key, limit, cancellationToken);

        var onEmulator = await Suite.RunAsync(emulatorSession, Catalog.All, _ => { }, cancellationToken);
        var onService = serviceSession is null
            ? Catalog.All.ToDictionary(statement => statement.Id, _ => Observation.NoKey)
            : await Suite.RunAsync(serviceSession, Catalog.All, Announce, cancellationToken);
        Row[] rows = [.. Catalog.All.Select(statement => new Row(statement, onEmulator[statement.Id], onService[statement.Id]))];

        ResultTable.Print(console, rows);
        if (serviceSession is not { Gate: var gate })
            console.WriteLine($"The service was not run: {KeyVariable} is not set.");
        else
        {
            console.WriteLine(FormattableString.Invariant(
                $"Sent to the service: {gate.Posts} submissions. The accepted ones cost {gate.CommittedUsd:0.00##} USD by the price list."));
        }

        if (parsed.GetValue(json) is { } file)
        {
            var redactor = new Redactor(key, emulator.ApiKey, EmptyAccountKey);
            var report = JsonReport.Create(rows, redactor, emulatorSession, serviceSession);
            await File.WriteAllTextAsync(file.FullName, report, cancellationToken);
        }

        return rows.Any(row => row.Differs || row.Fails) ? Different : Success;
    }

    private static async Task<WanEmulator> StartEmulatorAsync(CancellationToken cancellationToken)
    {
        var emulator = await WanEmulator.StartAsync(cancellationToken: cancellationToken);
        emulator.AddAccount(EmptyAccountKey, 0);
        // By reads and not by a clock, so that a generation is in progress as long as it is observed.
        emulator.Script(EmulatorScript.RespondWithStatuses("queued", "generating", "completed"), int.MaxValue);
        return emulator;
    }

    private static int CountStatements(StatementCost cost) => Catalog.All.Count(statement => statement.Cost == cost);

    private void Announce(Statement statement)
    {
        if (statement.Cost is StatementCost.Paid)
            console.WriteLine($"{statement.Id} …");
    }

    private async Task<Session> CreateServiceSessionAsync(
        ParseResult parsed, string key, decimal limit, CancellationToken cancellationToken)
    {
        var settings = new SessionSettings
        {
            BaseAddress = Uri.TryCreate(parsed.GetValue(service), UriKind.Absolute, out var address)
                ? address
                : throw new ArgumentException("--service must be an absolute address."),
            ApiKey = key,
            LimitUsd = limit,
            AllowsPosts = false,
            Interval = TimeSpan.FromSeconds(parsed.GetValue(interval)),
        };
        if (parsed.GetValue(free))
            return new Session(settings);

        using var reading = new Session(settings);
        return new Session(settings with { AllowsPosts = await AskAsync(reading, limit, parsed.GetValue(yes), cancellationToken) });
    }

    private async Task<bool> AskAsync(Session session, decimal limit, bool isConsented, CancellationToken cancellationToken)
    {
        if (await PricedRequest.FindCheapestAsync(session.Client, cancellationToken) is not { } request)
        {
            console.WriteLine("No submission is sent: the prices are not known.");
            return false;
        }

        var count = (int)Math.Min(2, limit / request.Usd);
        var (refused, paid) = (CountStatements(StatementCost.Refused), CountStatements(StatementCost.Paid));
        var cost = FormattableString.Invariant($"{count * request.Usd:0.00##} USD of at most {limit:0.00##} USD");
        console.WriteLine($"{refused} statements send submissions that the service must refuse, which cost nothing.");
        console.WriteLine($"{paid} statements need {count} paid submissions of {request.Model}: {cost}.");
        if (isConsented)
            return true;
        if (!console.Profile.Capabilities.Interactive)
        {
            console.WriteLine("No submission is sent: there is no one to ask. --yes gives the consent.");
            return false;
        }

        return await new ConfirmationPrompt("Send them?") { DefaultValue = false }.ShowAsync(console, cancellationToken);
    }
}

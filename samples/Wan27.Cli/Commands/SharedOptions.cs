using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Configuration;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>What every command understands, and the client that follows from it.</summary>
internal sealed class SharedOptions
{
    private const string SecretsId = "wan27";

    private static readonly string[] KeyVariables = ["AIMLAPI_API_KEY", "AIML_API_KEY"];

    private readonly Option<string?> baseAddress = new("--base-address")
    {
        Description = "Where the API lies: https, or http on loopback. Default: WAN27_BASE_ADDRESS, else the real service.",
        HelpName = "url",
        Recursive = true,
    };

    private readonly Option<string?> journal = new("--journal")
    {
        Description = "The file in which submissions are remembered, for `resume`. Default: in your application data.",
        HelpName = "file",
        Recursive = true,
    };

    private readonly Option<bool> noJournal = new("--no-journal") { Description = "Remember nothing.", Recursive = true };

    public Option<bool> Json { get; } = new("--json") { Description = "Write the result as JSON, also that of a failure.", Recursive = true };

    public void AddTo(RootCommand root)
    {
        root.Add(Json);
        root.Add(baseAddress);
        root.Add(journal);
        root.Add(noJournal);
    }

    /// <exception cref="UsageException">There is no key, or a setting is wrong.</exception>
    public WanVideoClient Open(ParseResult parsed, PollingOptions? polling = null, Action<WanVideoClientOptions>? configure = null)
    {
        var options = new WanVideoClientOptions { ApiKey = FindKey(), Journal = OpenJournal(parsed) };
        options.Polling = polling ?? options.Polling;
        configure?.Invoke(options);
        // A script's unset variable is no wish to pay: empty is wrong, and not the real service.
        if ((parsed.GetValue(baseAddress) ?? Environment.GetEnvironmentVariable("WAN27_BASE_ADDRESS")) is { } address)
            options.BaseAddress = Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : throw new UsageException($"The address '{address}' is not absolute.");
        try
        {
            return new WanVideoClient(options);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(Words.OfLibrary(e.Message));
        }
    }

    /// <summary>The command that goes on, with the options that were given and that it needs again.</summary>
    public string? Again(ParseResult parsed, string? next)
    {
        if (next is null)
            return null;
        var verb = next.IndexOf(' ', "wan27 ".Length);
        var savesFile = next[..verb] is "wan27 wait" or "wan27 download";
        var options = parsed.CommandResult.Children.Concat(parsed.RootCommandResult.Children).OfType<OptionResult>()
            .Where(given => given is { Implicit: false, Tokens.Count: 1 })
            .Where(given => given.Option == baseAddress || given.Option == journal || (savesFile && given.Option.Name == FileOptions.OutputName))
            .Select(given => $" {given.Option.Name} {Words.Quoted(given.Tokens[0].Value)}");
        return next.Insert(verb, string.Concat(options.Distinct()));
    }

    /// <summary>Whether submissions are remembered.</summary>
    public bool HasJournal(ParseResult parsed) => !parsed.GetValue(noJournal);

    // Never an argument: every user of the machine can read those.
    private static string FindKey() =>
        KeyVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(key => !string.IsNullOrEmpty(key))
        ?? FindSecret()
        ?? throw new UsageException(
            $"There is no API key. Set {string.Join(" or ", KeyVariables)}, or the user secret Wan27:ApiKey of \"{SecretsId}\". For a try without one: wan27 emulator");

    private static string? FindSecret()
    {
        try
        {
            return new ConfigurationBuilder().AddUserSecrets(SecretsId).Build()["Wan27:ApiKey"];
        }
        catch (InvalidDataException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static string DataFolder() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } folder
            ? folder
            : throw new UsageException("There is no folder for application data here; say where the journal is with --journal, or --no-journal.");

    private FileSubmissionJournal? OpenJournal(ParseResult parsed)
    {
        if (!HasJournal(parsed))
            return null;
        var path = parsed.GetValue(journal) ?? Path.Combine(DataFolder(), "wan27", "submissions.jsonl");
        if (path.Length == 0)
            throw new UsageException($"{journal.Name} is empty.");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new FileSubmissionJournal(path);
    }
}

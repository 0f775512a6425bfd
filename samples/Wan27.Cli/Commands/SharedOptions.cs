using System.CommandLine;
using Microsoft.Extensions.Configuration;

namespace Wan27.Cli.Commands;

/// <summary>What every command understands, and the client that follows from it.</summary>
internal sealed class SharedOptions
{
    private const string SecretsId = "wan27";
    private const string AddressVariable = "WAN27_BASE_ADDRESS";

    private static readonly string[] KeyVariables = ["AIMLAPI_API_KEY", "AIML_API_KEY"];

    private readonly Option<string?> baseAddress = new Option<string?>("--base-address")
    {
        Description = "Where the API lies: https, or http on loopback. Default: WAN27_BASE_ADDRESS, else the real service.",
        HelpName = "url",
        Recursive = true,
    }.Filled();

    private readonly Option<string?> journal = new Option<string?>("--journal")
    {
        Description = "The file in which submissions are remembered, for `resume`. Default: in your application data.",
        HelpName = "file",
        Recursive = true,
    }.Filled();

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
        if ((parsed.GetValue(baseAddress) ?? Environment.GetEnvironmentVariable(AddressVariable)) is { } address)
            options.BaseAddress = Address(address);
        try
        {
            return new WanVideoClient(options);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>Whether submissions are remembered.</summary>
    public bool HasJournal(ParseResult parsed) => !parsed.GetValue(noJournal);

    // Never an argument: every user of the machine can read those.
    private static string FindKey() =>
        KeyVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(key => !string.IsNullOrEmpty(key))
        ?? FindSecret()
        ?? throw new UsageException(
            $"There is no API key. Set {string.Join(" or ", KeyVariables)}, or: dotnet user-secrets set Wan27:ApiKey KEY --id {SecretsId}. For a try without one: wan27 emulator");

    private static string? FindSecret()
    {
        try
        {
            return new ConfigurationBuilder().AddUserSecrets(SecretsId).Build()["Wan27:ApiKey"];
        }
        catch (InvalidDataException)
        {
            throw new UsageException($"The user secrets \"{SecretsId}\" are no valid JSON; mend the file, or set {KeyVariables[0]}.");
        }
    }

    // What is set and empty was meant to be something, and the real service costs money.
    private static Uri Address(string address) =>
        string.IsNullOrWhiteSpace(address) ? throw new UsageException($"{AddressVariable} is set and empty; unset it to talk to the real service.")
        : Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri
        : throw new UsageException($"'{address}' is no absolute address.");

    private static string DataFolder() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } folder
            ? folder
            : throw new UsageException("There is no folder for application data here; say where the journal is with --journal, or --no-journal.");

    private FileSubmissionJournal? OpenJournal(ParseResult parsed)
    {
        if (!HasJournal(parsed))
            return null;
        var path = parsed.GetValue(journal) ?? Path.Combine(DataFolder(), "wan27", "submissions.jsonl");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is not { } folder || Directory.Exists(path))
            throw new UsageException($"'{path}' is a folder; --journal names a file.");
        Directory.CreateDirectory(folder);
        return new FileSubmissionJournal(path);
    }
}

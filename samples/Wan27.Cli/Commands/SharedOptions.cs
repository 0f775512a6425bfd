using System.CommandLine;
using Microsoft.Extensions.Configuration;

namespace Wan27.Cli.Commands;

/// <summary>The options that all commands share, and the client that they configure.</summary>
internal sealed class SharedOptions
{
    private const string SecretsId = "wan27";

    private static readonly string[] KeyVariables = ["AIMLAPI_API_KEY", "AIML_API_KEY"];

    private readonly Option<string?> baseAddress = new Option<string?>("--base-address")
    {
        Description = "The base address of the API: https, or http on loopback. Default: WAN27_BASE_ADDRESS, otherwise the real service.",
        HelpName = "url",
        Recursive = true,
    }.NotEmpty();

    private readonly Option<string?> journal = new Option<string?>("--journal")
    {
        Description = "The journal file of submissions, for `resume`. Default: in your application data.",
        HelpName = "file",
        Recursive = true,
    }.NotEmpty();

    private readonly Option<bool> noJournal = new("--no-journal") { Description = "Do not write a journal.", Recursive = true };

    public Option<bool> Json { get; } = new("--json") { Description = "Write the result as JSON, including failures.", Recursive = true };

    public void AddTo(RootCommand root)
    {
        root.Add(Json);
        root.Add(baseAddress);
        root.Add(journal);
        root.Add(noJournal);
    }

    /// <exception cref="UsageException">There is no API key, or a setting is invalid.</exception>
    public WanVideoClient Open(ParseResult parsed, PollingOptions? polling = null, Action<WanVideoClientOptions>? configure = null)
    {
        var options = new WanVideoClientOptions { ApiKey = FindKey(), Journal = OpenJournal(parsed) };
        options.Polling = polling ?? options.Polling;
        configure?.Invoke(options);
        options.BaseAddress = BaseAddressOf(parsed);
        try
        {
            return new WanVideoClient(options);
        }
        catch (Exception e) when (e is ArgumentException or WanConfigurationException)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <exception cref="UsageException">The address is not a URL.</exception>
    public Uri BaseAddressOf(ParseResult parsed)
    {
        try
        {
            return parsed.GetValue(baseAddress) is { } address ? Address(address) : new WanVideoClientOptions().BaseAddress;
        }
        catch (WanConfigurationException e)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>Returns whether submissions are recorded in a journal.</summary>
    public bool HasJournal(ParseResult parsed) => !parsed.GetValue(noJournal);

    // Never from an argument, because other users of the machine can read arguments.
    /// <exception cref="UsageException">No API key is set.</exception>
    public static string FindKey() =>
        KeyVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(key => !string.IsNullOrEmpty(key))
        ?? FindSecret()
        ?? throw new UsageException(
            $"No API key is set. Set {string.Join(" or ", KeyVariables)}, or run: dotnet user-secrets set Wan27:ApiKey KEY --id {SecretsId}. To try without a key, run: wan27 emulator");

    private static string? FindSecret()
    {
        try
        {
            return new ConfigurationBuilder().AddUserSecrets(SecretsId).Build()["Wan27:ApiKey"];
        }
        catch (InvalidDataException)
        {
            throw new UsageException($"The user secrets \"{SecretsId}\" are not valid JSON. Fix the file, or set {KeyVariables[0]}.");
        }
    }

    private static Uri Address(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri
        : throw new UsageException($"The base address must be an absolute URL (was '{address}').");

    private static string DataFolder() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } folder
            ? folder
            : throw new UsageException("There is no folder for application data. Set the journal with --journal, or add --no-journal.");

    /// <exception cref="UsageException">There is no place for the journal.</exception>
    public FileSubmissionJournal? OpenJournal(ParseResult parsed)
    {
        if (!HasJournal(parsed))
            return null;
        var path = parsed.GetValue(journal) ?? Path.Combine(DataFolder(), "wan27", "submissions.jsonl");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is not { } folder || Directory.Exists(path))
            throw new UsageException($"'{path}' is a folder. --journal must be a file.");
        Directory.CreateDirectory(folder);
        return new FileSubmissionJournal(path);
    }
}

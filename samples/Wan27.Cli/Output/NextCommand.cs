using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Wan27.Cli.Output;

/// <summary>Creates the commands that continue after this one, with its options for file, journal and address.</summary>
/// <param name="given">The current command line.</param>
/// <param name="file">The output file; null for the one of the command line, if any.</param>
internal sealed partial class NextCommand(ParseResult given, string? file = null)
{
    private const string Output = "--output";

    private static readonly string[] SharedOptionNames = ["--journal", "--no-journal", "--base-address"];

    public NextCommand WithFile(string? other) => other is null ? this : new NextCommand(given, other);

    public string Get(string generationId) => Command("get", generationId);

    public string Wait(string generationId) => Command("wait", generationId, FileArguments());

    public string Download(string generationId) => Command("download", generationId, FileArguments());

    public string Recover(string clientRequestId) => Command("recover", clientRequestId);

    private IEnumerable<string> FileArguments() => file is null ? Repeated(Output, "--overwrite") : [Output, file];

    private string Command(string command, string id, IEnumerable<string>? more = null)
    {
        // An id may begin with a dash and would be parsed as an option.
        string[] named = id.StartsWith('-') ? ["--", id] : [id];
        return string.Join(' ', ((string[])["wan27", command, .. more ?? [], .. Repeated(SharedOptionNames), .. named]).Select(Quoted));
    }

    private IEnumerable<string> Repeated(params string[] names) => Known(given.CommandResult.Command)
        .Where(option => names.Contains(option.Name))
        .Select(given.GetResult)
        .Where(result => result is { Implicit: false })
        .SelectMany(result => (string[])[result!.Option.Name, .. result.Tokens.Select(token => token.Value)]);

    private static IEnumerable<Option> Known(Command command) => command.Options.Concat(command.Parents.OfType<Command>().SelectMany(Known));

    private static string Quoted(string argument) => Plain().IsMatch(argument) ? argument : $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[\w./:@%+=,-]+\z")]
    private static partial Regex Plain();
}

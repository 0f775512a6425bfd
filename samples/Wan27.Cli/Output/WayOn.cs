using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Wan27.Cli.Output;

/// <summary>The commands that go on where this one ends, with what it was told of the file, the journal and the address.</summary>
/// <param name="given">The command line of this one.</param>
/// <param name="file">The file to save in; null: the one that the command line names, if it does.</param>
internal sealed partial class WayOn(ParseResult given, string? file = null)
{
    private const string Output = "--output";

    private static readonly string[] OfEvery = ["--journal", "--no-journal", "--base-address"];

    public WayOn To(string? other) => other is null ? this : new WayOn(given, other);

    public string Get(string generationId) => Command("get", generationId);

    public string Wait(string generationId) => Command("wait", generationId, OfFile());

    public string Download(string generationId) => Command("download", generationId, OfFile());

    public string Recover(string clientRequestId) => Command("recover", clientRequestId);

    private IEnumerable<string> OfFile() => file is null ? Repeated(Output, "--overwrite") : [Output, file];

    private string Command(string verb, string id, IEnumerable<string>? more = null)
    {
        // An id may begin with a dash and be taken for an option.
        string[] named = id.StartsWith('-') ? ["--", id] : [id];
        return string.Join(' ', ((string[])["wan27", verb, .. more ?? [], .. Repeated(OfEvery), .. named]).Select(Quoted));
    }

    private IEnumerable<string> Repeated(params string[] names) => Known(given.CommandResult.Command)
        .Where(option => names.Contains(option.Name))
        .Select(given.GetResult)
        .Where(result => result is { Implicit: false })
        .SelectMany(result => (string[])[result!.Option.Name, .. result.Tokens.Select(token => token.Value)]);

    private static IEnumerable<Option> Known(Command command) => command.Options.Concat(command.Parents.OfType<Command>().SelectMany(Known));

    private static string Quoted(string word) => Plain().IsMatch(word) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[\w./:@%+=,-]+\z")]
    private static partial Regex Plain();
}

using Spectre.Console;

namespace Wan27.Cli.Output;

/// <summary>The input and outputs of the process: results are separate from messages for people.</summary>
/// <param name="In">The source of a prompt that is given as <c>-</c>.</param>
/// <param name="Out">Results, for a script to read.</param>
/// <param name="Error">Progress, summaries and errors; write errors are ignored.</param>
/// <param name="Console">The console of <paramref name="Error"/>, for animated output.</param>
internal sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error, IAnsiConsole Console)
{
    public static Terminal FromProcess()
    {
        // Set globally, because Spectre detects the terminal by the console's own writer.
        System.Console.SetError(new ErrorIgnoringWriter(System.Console.Error));
        return new Terminal(
            System.Console.In,
            System.Console.Out,
            System.Console.Error,
            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) }));
    }

    /// <summary>Gets an animated display in an interactive terminal, and plain lines in a file or a pipe.</summary>
    public IDisplay Display => Console.Profile.Capabilities.Interactive && Console.Profile.Capabilities.Ansi && Console.Profile.Out.IsTerminal
        ? new LiveDisplay(Console)
        : new PlainDisplay(Error);
}

using Spectre.Console;

namespace Wan27.Cli.Output;

/// <summary>Where things are read from and written to: results to one place, everything that is only for a person to the other.</summary>
/// <param name="In">Where a prompt comes from that is given as <c>-</c>.</param>
/// <param name="Out">Results, for a script to read.</param>
/// <param name="Error">Progress, summaries and errors; what cannot be written there is passed over.</param>
/// <param name="Console">The same place as <paramref name="Error"/>, for what moves.</param>
internal sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error, IAnsiConsole Console)
{
    public static Terminal OfProcess()
    {
        // Set, and not only passed on: the display knows the terminal by its being the console's.
        System.Console.SetError(new ForgivingWriter(System.Console.Error));
        return new Terminal(
            System.Console.In,
            System.Console.Out,
            System.Console.Error,
            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) }));
    }

    /// <summary>Something that moves where a person looks on; plain lines where it is written to a file or a pipe.</summary>
    public IDisplay Display => Console.Profile.Capabilities.Interactive && Console.Profile.Capabilities.Ansi && Console.Profile.Out.IsTerminal
        ? new LiveDisplay(Console)
        : new PlainDisplay(Error);
}

using System.CommandLine;
using System.CommandLine.Invocation;
using Wan27.Cli.Commands;
using Wan27.Cli.Output;

namespace Wan27.Cli;

/// <summary>Parses and runs the command line, and turns exceptions into messages and exit codes.</summary>
internal sealed class CommandLine(Terminal terminal)
{
    private const string Description =
        """
        Wan 2.7 video generation on AI/ML API: generates a video from an image and a prompt, and buys it at most once.

        Examples:
          wan27 generate "The lamp begins to turn." --image lighthouse.png -o lighthouse.mp4
          wan27 price t2v --resolution 720p --duration 5
          wan27 emulator                 # the API on loopback: no key, no account, no money

        The API key is read from AIMLAPI_API_KEY or AIML_API_KEY, or from the user secrets "wan27" (Wan27:ApiKey); never from the command line.
        """;

    /// <summary>Shorter words are close to too many options.</summary>
    private const int MinCorrectedLength = 4;

    public async Task<int> RunAsync(string[] args)
    {
        using var interruption = new Interruption();
        var shared = new SharedOptions();
        var parsed = Root(shared).Parse(args);
        // Available even if the command line has errors.
        var asJson = parsed.GetResult(shared.Json) is { Implicit: false };
        if (parsed.Action is ParseErrorAction errorAction)
            (errorAction.ShowHelp, errorAction.ShowTypoCorrections) = (false, parsed.UnmatchedTokens.All(token => token.Length >= MinCorrectedLength));
        try
        {
            var hasErrors = parsed.Errors.Count > 0;
            var code = await parsed.InvokeAsync(Configuration(hasErrors ? terminal.Error : terminal.Out), interruption.Token);
            if (!hasErrors)
                return code;
            var hint = TakesPrompt(parsed) && parsed.UnmatchedTokens.Any(token => !token.StartsWith('-')) ? "Put a prompt of several words in quotes." : null;
            if (hint is not null)
                terminal.Error.WriteLine(hint);
            if (asJson)
                new Failure(ExitCode.Usage, string.Join(' ', parsed.Errors.Select(error => error.Message).Append(hint).OfType<string>())).WriteJson(terminal);
            return (int)ExitCode.Usage;
        }
        catch (Exception e) when (Failure.From(e, new NextCommand(parsed)) is { } failure)
        {
            failure.WriteTo(terminal);
            if (asJson)
                failure.WriteJson(terminal);
            return (int)failure.Code;
        }
    }

    private static bool TakesPrompt(ParseResult parsed) => parsed.CommandResult.Command is GenerateCommand or ValidateCommand;

    private RootCommand Root(SharedOptions shared)
    {
        var codes = string.Join('\n', ExitCodes.Meanings.Select(code => $"  {(int)code.Key,-4} {code.Value}"));
        var root = new RootCommand($"{Description}\n\nExit codes:\n{codes}");
        shared.AddTo(root);
        root.Add(new GenerateCommand(terminal, shared));
        root.Add(new GetCommand(terminal, shared));
        root.Add(new WaitCommand(terminal, shared));
        root.Add(new DownloadCommand(terminal, shared));
        root.Add(new RecoverCommand(terminal, shared));
        root.Add(new ResumeCommand(terminal, shared));
        root.Add(new JournalCommand(terminal, shared));
        root.Add(new BalanceCommand(terminal, shared));
        root.Add(new ModelsCommand(terminal, shared));
        root.Add(new PriceCommand(terminal, shared));
        root.Add(new ValidateCommand(terminal, shared));
        root.Add(new DoctorCommand(terminal, shared));
        root.Add(new EmulatorCommand(terminal));
        root.Add(new CompletionCommand(terminal));
        return root;
    }

    // This class reports exceptions and handles Ctrl+C.
    private InvocationConfiguration Configuration(TextWriter output) => new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
        Output = output,
        Error = terminal.Error,
    };
}

using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Prints the completion script of a shell, which calls this program for suggestions.</summary>
internal sealed class CompletionCommand : Command
{
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] =
            """
            _wan27() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$(wan27 "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _wan27 wan27
            """,
        ["zsh"] =
            """
            _wan27() {
              local -a found
              found=("${(@f)$(wan27 "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
              compadd -a found || _files
            }
            compdef _wan27 wan27
            """,
        ["fish"] = """complete -c wan27 -a '(wan27 "[suggest:"(commandline -C)"]" (commandline -p) 2>/dev/null)'""",
        ["pwsh"] =
            """
            Register-ArgumentCompleter -Native -CommandName wan27 -ScriptBlock {
              param($word, $ast, $position)
              wan27 "[suggest:$position]" "$ast" 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }
            """,
    };

    private readonly Argument<string> shell = new("shell") { Description = string.Join(", ", Scripts.Keys) };

    public CompletionCommand(Terminal terminal)
        : base("completion", "Print the completion script of a shell: source <(wan27 completion bash)")
    {
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        Add(shell);
        SetAction(parsed =>
        {
            terminal.Out.WriteLine(Scripts[parsed.GetRequiredValue(shell)]);
            return (int)ExitCode.Done;
        });
    }
}

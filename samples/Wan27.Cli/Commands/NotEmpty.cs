using System.CommandLine;
using System.CommandLine.Parsing;

namespace Wan27.Cli.Commands;

/// <summary>A script's unset variable gives an empty value. It is told, and never taken for an option that was not given.</summary>
internal static class NotEmpty
{
    public static Argument<T> Filled<T>(this Argument<T> argument)
    {
        argument.Validators.Add(result => Check(result, $"The {argument.Name}"));
        return argument;
    }

    public static Option<T> Filled<T>(this Option<T> option)
    {
        option.Validators.Add(result => Check(result, option.Name));
        return option;
    }

    private static void Check(SymbolResult result, string name)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            result.AddError($"{name} is empty.");
    }
}

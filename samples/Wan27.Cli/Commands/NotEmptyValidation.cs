using System.CommandLine;
using System.CommandLine.Parsing;

namespace Wan27.Cli.Commands;

/// <summary>Rejects empty values, which an unset variable of a script produces, instead of treating them as absent.</summary>
internal static class NotEmptyValidation
{
    public static Argument<T> NotEmpty<T>(this Argument<T> argument)
    {
        argument.Validators.Add(result => Check(result, $"The {argument.Name}"));
        return argument;
    }

    public static Option<T> NotEmpty<T>(this Option<T> option)
    {
        option.Validators.Add(result => Check(result, option.Name));
        return option;
    }

    private static void Check(SymbolResult result, string name)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            result.AddError($"{name} must not be empty.");
    }
}

using System.CommandLine;
using System.Globalization;

namespace Wan27.Cli.Commands;

/// <summary>Numbers on the command line, and words for what is none.</summary>
internal static class Numbers
{
    public static Option<T?> Option<T>(string name, string description, string helpName = "number")
        where T : struct, IParsable<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (T.TryParse(text, CultureInfo.InvariantCulture, out var number))
                    return number;
                result.AddError($"{name} takes <{helpName}>, which '{text}' is not.");
                return null;
            },
        };
}

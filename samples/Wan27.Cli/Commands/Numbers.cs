using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Wan27.Cli.Commands;

/// <summary>Parses numbers. A comma is never a thousands separator, because in many countries it is the decimal separator.</summary>
internal static class Numbers
{
    public static Option<T?> Option<T>(string name, string description, string helpName)
        where T : struct, INumberBase<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                    return number;
                result.AddError($"{name} must be a number (was '{text}').");
                return null;
            },
        };
}

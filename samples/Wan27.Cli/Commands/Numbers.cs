using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Wan27.Cli.Commands;

/// <summary>Numbers as a person writes them. A comma never parts thousands: in many countries it begins the cents.</summary>
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
                result.AddError($"'{text}' is no number for {name}.");
                return null;
            },
        };
}

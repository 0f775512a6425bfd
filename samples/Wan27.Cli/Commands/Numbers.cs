using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Wan27.Cli.Commands;

/// <summary>Parses numbers. A comma is never a thousands separator, because in many countries it is the decimal separator.</summary>
internal static class Numbers
{
    /// <param name="name">The name of the option.</param>
    /// <param name="description">Its description.</param>
    /// <param name="helpName">What the number is.</param>
    /// <param name="unit">A unit that can follow the number; null for none.</param>
    public static Option<T?> Option<T>(string name, string description, string helpName, string? unit = null)
        where T : struct, INumberBase<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                var digits = unit is not null && text.EndsWith(unit, StringComparison.Ordinal) ? text[..^unit.Length] : text;
                if (T.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                    return number;
                result.AddError($"{name} must be a number (was '{text}').");
                return null;
            },
        };
}

using System.Globalization;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>Reads values of a query. An absent one takes its default; a malformed one is the caller's mistake.</summary>
internal static class QueryText
{
    public static bool TryNumber(string? text, int whenAbsent, int minimum, int maximum, out int number)
    {
        number = whenAbsent;
        return text is null
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= minimum && number <= maximum);
    }

    public static bool TryTime(string? text, DateTimeOffset whenAbsent, out DateTimeOffset time)
    {
        time = whenAbsent;
        return text is null
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}

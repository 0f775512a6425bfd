using System.Collections;
using System.Reflection;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults.Bench;

/// <summary>Every secret of a row contains this word, and no output may contain it.</summary>
internal static class Secrets
{
    public const string Canary = "canary";

    public static void AssertNone(Exception? error, IEnumerable<string> log)
    {
        for (var e = error; e is not null; e = e.InnerException)
        {
            AssertNone(e.ToString());
            foreach (var property in e.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name != nameof(Exception.TargetSite)))
                AssertNone(Printed(property.GetValue(e)));
        }

        foreach (var entry in log)
            AssertNone(entry);
    }

    private static void AssertNone(string text) => Assert.DoesNotContain(Canary, text, StringComparison.OrdinalIgnoreCase);

    private static string Printed(object? value) => value switch
    {
        string text => text,
        IEnumerable several => string.Join('\n', several.Cast<object?>()),
        _ => $"{value}",
    };
}

using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Readme;

/// <summary>The tables of docs/errors.md, docs/configuration.md and docs/waiting-and-resuming.md are complete and have the defaults of the code.</summary>
public sealed class DocsTableTests
{
    public static TheoryData<string, string, string?> Settings { get; } =
    [
        .. Defaults(new WanVideoClientOptions(), "configuration.md", ""),
        .. Defaults(PollingOptions.Default, "configuration.md", "Polling:"),
    ];

    [Fact]
    public void Every_exception_has_a_row()
    {
        var exceptions = typeof(WanException).Assembly.GetExportedTypes()
            .Where(type => type.IsAssignableTo(typeof(Exception)) && !type.IsAbstract).Select(type => type.Name).ToList();

        Assert.NotEmpty(exceptions);
        Assert.Equal(exceptions.Order(), Regex.Matches(Page("errors.md"), @"^\| `(Wan\w+Exception)` \|", RegexOptions.Multiline).Select(row => row.Groups[1].Value).Order());
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Every_setting_has_a_row_with_its_default(string page, string name, string? value)
    {
        var row = Regex.Match(Page(page), $@"^\| `{Regex.Escape(name)}` \| (?<default>[^|]*) \|", RegexOptions.Multiline);

        Assert.True(row.Success, $"{page} has no row for {name}.");
        if (value is not null)
            Assert.Equal($"`{value}`", row.Groups["default"].Value);
    }

    private static IEnumerable<TheoryDataRow<string, string, string?>> Defaults<T>(T options, string page, string prefix) =>
        typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is not null && property.PropertyType != typeof(PollingOptions))
            .Select(property => new TheoryDataRow<string, string, string?>(page, prefix + property.Name, Shown(property.GetValue(options))));

    private static string? Shown(object? value) => value switch
    {
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        Uri uri => uri.OriginalString,
        double or int => Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string Page(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readme", name)).ReplaceLineEndings("\n");
}

using System.Text.RegularExpressions;

namespace Wan27.Sdk.Tests.Conventions;

/// <summary>The folders are the architecture: dependencies between them, read from the source, have one direction.</summary>
public sealed partial class ArchitectureTests
{
    // They compose the rest and may use everything.
    private static readonly string[] Composing = ["", "DependencyInjection"];

    private static string Source => Path.Combine(AppContext.BaseDirectory, "Source");

    [Fact]
    public void No_two_folders_use_each_others_types()
    {
        var files = Directory.GetFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Folder: Path.GetDirectoryName(Path.GetRelativePath(Source, path))!, Text: File.ReadAllText(path)))
            .ToList();

        Assert.InRange(files.Count, 100, 1_000);
        Assert.Empty(Cycles(files));
    }

    [Fact]
    public void A_violation_is_found() => Assert.Equal(
        ["Lower (Low) and Upper (High)"],
        Cycles([
            ("Lower", "internal sealed class Low { private readonly High high; }"),
            ("Upper", "internal readonly record struct High(int Value) { public void Use() => Low.Do($\"{new Low()}\"); }"),
            ("Upper", "// Other\ninternal enum Word { Other = 1 /* High */ }"),
            ("Other", "internal static class Other { public const string Text = \"Word\"; }"),
            ("", "internal sealed class Root { private Low low; private High high; }"),
        ]));

    [Fact]
    public void The_library_references_only_assemblies_that_the_package_provides() =>
        Assert.All(
            PublicSurface.Assembly.GetReferencedAssemblies().Select(name => name.Name!),
            name => Assert.True(
                name.StartsWith("System", StringComparison.Ordinal) || name is "Polly.Core" || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal), name));

    /// <summary>The pairs of folders that use each other's types, with those types.</summary>
    private static List<string> Cycles(IReadOnlyList<(string Folder, string Text)> files)
    {
        var code = files.Where(file => !Composing.Contains(file.Folder)).Select(file => (file.Folder, Text: CodeOf(file.Text))).ToList();
        var homes = code.SelectMany(file => Declaration().Matches(file.Text).Select(match => (Type: match.Groups[1].Value, file.Folder)))
            .DistinctBy(type => type.Type).ToDictionary(type => type.Type, type => type.Folder);
        var uses = code
            .SelectMany(file => Word().Matches(file.Text).Select(match => (file.Folder, Type: match.Value)))
            .Where(use => homes.TryGetValue(use.Type, out var home) && home != use.Folder)
            .ToLookup(use => (From: use.Folder, To: homes[use.Type]), use => use.Type);
        return [.. uses.Select(use => use.Key)
            .Where(pair => string.CompareOrdinal(pair.From, pair.To) < 0 && uses.Contains((pair.To, pair.From)))
            .Select(pair => $"{pair.From} ({Names(uses[(pair.To, pair.From)])}) and {pair.To} ({Names(uses[pair])})")
            .Order(StringComparer.Ordinal)];

        static string Names(IEnumerable<string> types) => string.Join(", ", types.Distinct().Order(StringComparer.Ordinal));
    }

    // Without comments and strings, but with the expressions in interpolated strings.
    private static string CodeOf(string text) => TextLiteral().Replace(
        Comment().Replace(text, ""), literal => string.Join(' ', Hole().Matches(literal.Value).Select(hole => hole.Value)));

    [GeneratedRegex(@"^(?:public|internal)[\w ]*?\b(?:class|struct|interface|enum|record)\s+(?:struct\s+)?(\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b[A-Za-z_]\w*\b")]
    private static partial Regex Word();

    [GeneratedRegex(@"//.*|/\*[\s\S]*?\*/")]
    private static partial Regex Comment();

    [GeneratedRegex("\"\"\"[\\s\\S]*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"")]
    private static partial Regex TextLiteral();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();
}

using System.Buffers.Binary;
using System.Xml.Linq;
using Wan27.Sdk.PackageTests.Support;

namespace Wan27.Sdk.PackageTests.Packages;

[Collection(nameof(PackedTwice))]
public sealed class PackageContentTests(PackedTwice packed)
{
    private const string Sdk = "Wan27.Sdk";
    private const string Emulator = "Wan27.Sdk.Emulator";
    private const string Imaging = "Wan27.Sdk.Imaging";
    private const string EntityFramework = "Wan27.Sdk.EntityFrameworkCore";
    private const string Hosting = "Wan27.Sdk.Hosting";

    public static TheoryData<string> Ids { get; } = [Sdk, Emulator, Imaging, EntityFramework, Hosting];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_package_states_its_description_and_its_license(string id)
    {
        using var package = packed.Open(id);
        var metadata = package.Metadata();

        Assert.Equal(id, Value(metadata, "id"));
        Assert.Equal(("expression", "MIT"), (metadata.Element("license")!.Attribute("type")!.Value, Value(metadata, "license")));
        Assert.InRange(Value(metadata, "description").Length, 80, 300);
        Assert.Contains("text-to-video", Value(metadata, "tags").Split(' '));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Release_notes_match_the_changelog_without_links_for_each_package(string id)
    {
        using var package = packed.Open(id);
        var notes = Value(package.Metadata(), "releaseNotes");
        var entries = notes.Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal));

        Assert.NotEmpty(notes);
        Assert.DoesNotContain("](", notes, StringComparison.Ordinal);
        Assert.True(id != Emulator || entries.All(entry => entry.StartsWith($"- `{Emulator}`", StringComparison.Ordinal)), notes);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_repository_and_the_commit_are_those_of_the_clone_that_built_it(string id)
    {
        using var package = packed.Open(id);
        var repository = package.Metadata().Element("repository")!;

        Assert.Equal("git", repository.Attribute("type")!.Value);
        Assert.StartsWith(Repository.Remote, repository.Attribute("url")!.Value, StringComparison.Ordinal);
        Assert.Equal(packed.Commit, repository.Attribute("commit")!.Value);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_readme_is_the_packages_own_and_fits_on_a_screen(string id)
    {
        using var package = packed.Open(id);
        var lines = package.Text(Value(package.Metadata(), "readme")).TrimEnd().Split('\n');

        Assert.Equal($"# {id}", lines[0].TrimEnd());
        Assert.InRange(lines.Length, 15, 40);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_icon_is_a_PNG_of_128_pixels(string id)
    {
        using var package = packed.Open(id);
        var icon = package.Bytes(Value(package.Metadata(), "icon"));

        Assert.Equal("PNG"u8, icon.AsSpan(1, 3));
        Assert.Equal(128, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)));
        Assert.Equal(128, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Both_targets_hold_the_assembly_with_its_documentation_and_nothing_else(string id)
    {
        using var package = packed.Open(id);

        Assert.Equal(
            [$"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml", $"lib/net8.0/{id}.dll", $"lib/net8.0/{id}.xml"],
            package.Files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(package.Files, file => file.StartsWith("content", StringComparison.Ordinal) || file.StartsWith("build/", StringComparison.Ordinal));
    }

    [Fact]
    public void An_editor_finds_the_schema_of_the_settings()
    {
        using var package = packed.Open(Sdk);
        var targets = Assert.Single(package.Files, file => file.StartsWith("buildTransitive/", StringComparison.Ordinal));
        var segment = XDocument.Parse(package.Text(targets)).Descendants("JsonSchemaSegment").Single().Attribute("Include")!.Value;

        Assert.Equal("buildTransitive/Wan27.Sdk.targets", targets);
        Assert.Equal("$(MSBuildThisFileDirectory)../ConfigurationSchema.json", segment);
        Assert.StartsWith("{", package.Text("ConfigurationSchema.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_client_depends_on_three_packages_at_the_floor_of_each_target()
    {
        using var package = packed.Open(Sdk);

        Assert.Equal(
            [
                "net10.0: Microsoft.Extensions.Http 10.0.0, Microsoft.Extensions.Options.ConfigurationExtensions 10.0.0, Polly.Core 8.5.2",
                "net8.0: Microsoft.Extensions.Http 8.0.1, Microsoft.Extensions.Options.ConfigurationExtensions 8.0.0, Polly.Core 8.5.2",
            ],
            Dependencies(package));
    }

    [Fact]
    public void The_emulator_depends_on_ASPNET_Core_and_on_no_package()
    {
        using var package = packed.Open(Emulator);

        Assert.Equal(["net10.0: ", "net8.0: "], Dependencies(package));
        Assert.Equal(
            ["Microsoft.AspNetCore.App", "Microsoft.AspNetCore.App"],
            package.Metadata().Descendants("frameworkReference").Select(reference => reference.Attribute("name")!.Value));
    }

    [Fact]
    public void The_imaging_package_depends_on_the_client_and_on_MagickNET()
    {
        using var package = packed.Open(Imaging);

        Assert.Equal(
            [$"net10.0: Wan27.Sdk {packed.Version}, Magick.NET-Q8-AnyCPU 15.1.0", $"net8.0: Wan27.Sdk {packed.Version}, Magick.NET-Q8-AnyCPU 15.1.0"],
            Dependencies(package));
    }

    private static IEnumerable<string> Dependencies(PackageFile package) =>
        from target in package.Metadata().Element("dependencies")!.Elements("group")
        let named = from dependency in target.Elements("dependency")
                    select $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}"
        orderby target.Attribute("targetFramework")!.Value
        select $"{target.Attribute("targetFramework")!.Value}: {string.Join(", ", named)}";

    private static string Value(XElement metadata, string name) => metadata.Element(name)?.Value ?? "";
}

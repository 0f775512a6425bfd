using Wan27.Sdk.PackageTests.Support;

namespace Wan27.Sdk.PackageTests.Packages;

/// <summary>The release notes that MSBuild creates from a changelog; <see cref="PackageContentTests"/> checks them in the packages.</summary>
public sealed class ReleaseNotesTests
{
    private const string Sdk = "Wan27.Sdk";
    private const string Emulator = "Wan27.Sdk.Emulator";

    private const string Changelog = """
        # Changelog

        ## [Unreleased]

        ### Added
        - `Wan27.Sdk`: what comes
          next.

        ## [1.2.0] - 2026-11-23

        ### Added
        - [A table](tests/Faults.md) of faults.
        - `Wan27.Sdk.Emulator`: a fault
          - and [its twin](docs/twin.md).

        ### Changed
        - Much.

        ### Fixed
        - Something.
        - `Wan27.Sdk.Emulator`: a video.

        ## [1.1.0] - 2026-10-01

        ### Added
        - `Wan27.Sdk.Emulator`: everything.
        """;

    [Theory]
    [InlineData(Sdk, "9.9.9", "### Added\n- `Wan27.Sdk`: what comes\n  next.")]
    [InlineData(
        Sdk, "1.2.0",
        "### Added\n- A table of faults.\n- `Wan27.Sdk.Emulator`: a fault\n  - and its twin.\n\n### Changed\n- Much.\n\n### Fixed\n- Something.\n- `Wan27.Sdk.Emulator`: a video.")]
    [InlineData(Emulator, "1.2.0", "### Added\n- `Wan27.Sdk.Emulator`: a fault\n  - and its twin.\n\n### Fixed\n- `Wan27.Sdk.Emulator`: a video.")]
    [InlineData(Emulator, "1.1.0", "### Added\n- `Wan27.Sdk.Emulator`: everything.")]
    [InlineData(Emulator, "9.9.9", "Nothing has changed in the emulator.")]
    public async Task Release_notes_have_the_section_of_the_version_filtered_for_the_package(string id, string version, string notes)
    {
        using var folder = new TemporaryFolder("wan27 ");
        var project = folder[$"src/{id}/{id}.proj"];
        Directory.CreateDirectory(Path.GetDirectoryName(project)!);
        File.Copy(Path.Combine(Repository.Root, "src/Directory.Build.targets"), folder["src/Directory.Build.targets"]);
        await File.WriteAllTextAsync(folder["CHANGELOG.md"], Changelog, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(project, """<Project><Import Project="../Directory.Build.targets" /></Project>""", TestContext.Current.CancellationToken);

        var output = await Tool.DotnetAsync(folder["src"], "msbuild", project, "-getProperty:PackageReleaseNotes", $"-p:Version={version}");

        Assert.Equal(notes, output.ReplaceLineEndings("\n").Trim());
    }
}

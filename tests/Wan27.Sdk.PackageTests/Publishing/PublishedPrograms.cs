using Wan27.Sdk.PackageTests.Publishing;
using Wan27.Sdk.PackageTests.Support;

[assembly: AssemblyFixture(typeof(PublishedPrograms))]

namespace Wan27.Sdk.PackageTests.Publishing;

/// <summary>The programs of the smoke test, published like an application; the library is built once for all of them.</summary>
public sealed class PublishedPrograms : IDisposable
{
    // Without a blank, which .NET 8 does not quote when it links.
    private readonly TemporaryFolder folder = new("wan27-");
    private int published;

    public string Folder => folder["made"];

    /// <summary>Publishes a program and returns the executable's path.</summary>
    /// <param name="start">The name of the program.</param>
    /// <param name="options">Additional command-line options.</param>
    public async Task<string> PublishAsync(string start, params string[] options)
    {
        var output = folder[$"{start}{Interlocked.Increment(ref published)}"];
        var words = await Tool.DotnetAsync(
            Repository.Root, ["publish", "tests/Wan27.Sdk.AotSmoke", "--use-current-runtime", $"-p:Start={start}", "-p:RunAnalyzers=false", "--artifacts-path", folder["built"], "--output", output, .. options]);
        Assert.DoesNotContain("warning", words, StringComparison.OrdinalIgnoreCase);
        Directory.CreateDirectory(Folder);
        return Path.Combine(output, "Wan27.Sdk.AotSmoke" + (OperatingSystem.IsWindows() ? ".exe" : ""));
    }

    public void Dispose() => folder.Dispose();
}

using System.Reflection.Metadata;
using System.Text;
using System.Text.Json;
using Wan27.Sdk.PackageTests.Support;

namespace Wan27.Sdk.PackageTests.Packages;

[Collection(nameof(PackedTwice))]
public sealed class ReproducibleBuildTests(PackedTwice packed)
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Theory]
    [MemberData(nameof(PackageContentTests.Ids), MemberType = typeof(PackageContentTests))]
    public void Two_clean_builds_make_the_same_assemblies(string id)
    {
        using var one = packed.Open(id);
        using var other = packed.OpenSecond(id);

        Assert.Equal(2, one.Assemblies.Count());
        Assert.All(one.Assemblies, assembly => Assert.Equal(one.Bytes(assembly), other.Bytes(assembly)));
    }

    [Theory]
    [MemberData(nameof(PackageContentTests.Ids), MemberType = typeof(PackageContentTests))]
    public void Every_source_file_can_be_fetched_at_its_commit_or_is_in_the_symbols(string id)
    {
        using var symbols = packed.Open(id, "snupkg");
        var files = symbols.Files.Where(file => file.EndsWith(".pdb", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, files.Count);
        Assert.All(files, file => AssertLinked(symbols.Bytes(file)));
    }

    private void AssertLinked(byte[] symbols)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols));
        var reader = provider.GetMetadataReader();
        var link = Assert.Single(Of(reader, EntityHandle.ModuleDefinition, SourceLink));
        var map = JsonDocument.Parse(reader.GetBlobBytes(link.Value)).RootElement.GetProperty("documents").EnumerateObject().Single();

        Assert.Equal($"{Repository.Remote.Replace("github.com", "raw.githubusercontent.com", StringComparison.Ordinal)}/{packed.Commit}/*", map.Value.GetString());
        Assert.All(reader.Documents, handle =>
        {
            var path = reader.GetString(reader.GetDocument(handle).Name);
            Assert.True(path.StartsWith(map.Name.TrimEnd('*'), StringComparison.Ordinal), path);
            Assert.True(!path.Contains("/obj/", StringComparison.Ordinal) || Of(reader, handle, EmbeddedSource).Any(), path);
        });
    }

    private static IEnumerable<CustomDebugInformation> Of(MetadataReader reader, EntityHandle parent, Guid kind) =>
        reader.GetCustomDebugInformation(parent).Select(reader.GetCustomDebugInformation).Where(information => reader.GetGuid(information.Kind) == kind);
}

using System.IO.Compression;
using System.Xml.Linq;

namespace Wan27.Sdk.PackageTests.Packages;

/// <summary>A package, opened as a zip file.</summary>
public sealed class PackageFile(string path) : IDisposable
{
    private readonly ZipArchive zip = ZipFile.OpenRead(path);

    public IEnumerable<string> Files => zip.Entries.Select(entry => entry.FullName);

    public IEnumerable<string> Assemblies => Files.Where(file => file.EndsWith(".dll", StringComparison.Ordinal));

    /// <summary>The package's metadata, without the namespace before each name.</summary>
    public XElement Metadata()
    {
        var manifest = XDocument.Parse(Text(Files.Single(file => file.EndsWith(".nuspec", StringComparison.Ordinal))));
        foreach (var element in manifest.Descendants())
            element.Name = element.Name.LocalName;
        return manifest.Root!.Element("metadata")!;
    }

    public byte[] Bytes(string file)
    {
        using var content = zip.GetEntry(file)!.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    public string Text(string file)
    {
        using var reader = new StreamReader(zip.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }

    public void Dispose() => zip.Dispose();
}

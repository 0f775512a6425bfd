namespace Wan27.Sdk.Fuzz;

/// <summary>A folder for each target with the files from which its inputs are created.</summary>
internal static class Corpus
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Corpus");

    public static byte[][] Read(string folder, FuzzTarget target) =>
        [.. Directory.EnumerateFiles(Path.Combine(folder, target.Name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    /// <summary>Creates the corpus again.</summary>
    public static void Write(string folder)
    {
        foreach (var (target, name, content) in Seeds.All)
        {
            Directory.CreateDirectory(Path.Combine(folder, target));
            File.WriteAllBytes(Path.Combine(folder, target, name), content);
        }
    }
}

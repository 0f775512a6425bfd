using System.Reflection;

namespace VideoStudio.BrowserTests;

/// <summary>The paths of the sample and of screenshots.</summary>
internal static class Paths
{
    public static string Sample { get; } = Metadata("Sample");

    public static string Program { get; } = Path.Combine(Sample, Metadata("Program"));

    public static string Lighthouse { get; } = Path.Combine(AppContext.BaseDirectory, "lighthouse.png");

    public static string Screenshot(string name) => Path.Combine(Metadata("Results"), "screens", name + ".png");

    private static string Metadata(string key) =>
        typeof(Paths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}

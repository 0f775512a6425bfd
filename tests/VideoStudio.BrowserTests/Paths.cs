using System.Reflection;

namespace VideoStudio.BrowserTests;

/// <summary>Where the sample is, and where pictures of the page go.</summary>
internal static class Places
{
    public static string Sample { get; } = Of("Sample");

    public static string Program { get; } = Path.Combine(Sample, Of("Program"));

    public static string Lighthouse { get; } = Path.Combine(AppContext.BaseDirectory, "lighthouse.png");

    public static string Screenshot(string name) => Path.Combine(Of("Results"), "screens", name + ".png");

    private static string Of(string key) =>
        typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}

namespace Wan27.Sdk.Tests.Conventions;

public class SurfaceListingTests
{
    private static readonly string Listing = Path.Combine(AppContext.BaseDirectory, "Conventions", "public-surface.md");

    /// <summary>With WAN27_PUBLIC_SURFACE set to the file's path, writes it instead.</summary>
    [Fact]
    public void The_committed_listing_is_the_public_surface()
    {
        if (Environment.GetEnvironmentVariable("WAN27_PUBLIC_SURFACE") is { Length: > 0 } path)
            File.WriteAllText(path, SurfaceListing.Write());
        else
            Assert.Equal(File.ReadAllText(Listing).ReplaceLineEndings("\n"), SurfaceListing.Write());
    }
}

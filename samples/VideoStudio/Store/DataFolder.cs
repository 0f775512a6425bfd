using Microsoft.Extensions.Options;
using VideoStudio.Hosting;

namespace VideoStudio.Store;

/// <summary>The folder of all files: on this machine, or on a volume that every instance mounts.</summary>
internal sealed class DataFolder
{
    private readonly string root;

    public DataFolder(IOptions<StudioOptions> options, IHostEnvironment environment)
    {
        root = Path.GetFullPath(options.Value.Data, environment.ContentRootPath);
        foreach (var folder in new[] { Uploads, Videos, Records, Keys })
            Directory.CreateDirectory(folder);
    }

    public string Records => Path.Combine(root, "records");

    public string Journal => Path.Combine(root, "submissions.jsonl");

    public string Keys => Path.Combine(root, "keys");

    private string Uploads => Path.Combine(root, "uploads");

    /// <summary>Gets the folder of videos. Its name is part of the stored data and does not change.</summary>
    public string Videos => Path.Combine(root, "films");

    public string Image(string name) => Path.Combine(Uploads, name);

    public string Video(string generationId) => Path.Combine(Videos, generationId + ".mp4");
}

using Microsoft.Extensions.Options;
using VideoStudio.Hosting;

namespace VideoStudio.Store;

/// <summary>Where files are: a folder on this machine, or a volume that every instance mounts.</summary>
internal sealed class DataFolder
{
    private readonly string root;

    public DataFolder(IOptions<StudioOptions> options, IHostEnvironment environment)
    {
        root = Path.GetFullPath(options.Value.Data, environment.ContentRootPath);
        foreach (var folder in new[] { Uploads, Films, Records, Keys })
            Directory.CreateDirectory(folder);
    }

    public string Records => Path.Combine(root, "records");

    public string Journal => Path.Combine(root, "submissions.jsonl");

    public string Keys => Path.Combine(root, "keys");

    private string Uploads => Path.Combine(root, "uploads");

    public string Films => Path.Combine(root, "films");

    public string Picture(string name) => Path.Combine(Uploads, name);

    public string Film(string generationId) => Path.Combine(Films, generationId + ".mp4");
}

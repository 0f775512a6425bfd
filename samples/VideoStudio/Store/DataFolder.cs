namespace VideoStudio.Store;

/// <summary>The folder of all files: on this machine, or on a volume that every instance mounts.</summary>
internal sealed class DataFolder(string path)
{
    public string Database { get; } = Path.Combine(path, "studio.db");

    public string Keys { get; } = Path.Combine(path, "keys");

    /// <summary>Gets the folder of videos. Its name is part of the stored data and does not change.</summary>
    public string Videos { get; } = Path.Combine(path, "films");

    public string Uploads { get; } = Path.Combine(path, "uploads");

    public string Image(string name) => Path.Combine(Uploads, name);

    public string Video(string generationId) => Path.Combine(Videos, generationId + ".mp4");
}

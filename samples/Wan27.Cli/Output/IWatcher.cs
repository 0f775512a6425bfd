namespace Wan27.Cli.Output;

/// <summary>Is told of each step.</summary>
internal interface IWatcher : IProgress<UploadProgress>, IProgress<GenerationProgress>, IProgress<DownloadProgress>;

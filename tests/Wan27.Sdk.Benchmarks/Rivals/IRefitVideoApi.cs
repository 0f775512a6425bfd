using Refit;

namespace Wan27.Sdk.Benchmarks.Rivals;

/// <summary>The API as people declare it with Refit.</summary>
internal interface IRefitVideoApi
{
    [Post("/v2/video/generations")]
    Task<string> CreateAsync([Body] SubmitBody body);
}

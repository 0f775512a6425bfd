using Refit;

namespace Wan27.Sdk.Benchmarks.Rivals;

/// <summary>The API as an application declares it with Refit.</summary>
internal interface IRefitVideoApi
{
    [Post("/v2/video/generations")]
    Task<string> CreateAsync([Body] SubmitBody body);
}

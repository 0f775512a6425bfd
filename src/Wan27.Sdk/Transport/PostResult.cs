using Wan27.Sdk.Errors;

namespace Wan27.Sdk.Transport;

/// <summary>What one attempt at the paid request came to.</summary>
/// <param name="response">The response; null when none arrived.</param>
/// <param name="fault">Why no response arrived; null when one did.</param>
/// <param name="phase">How far the attempt got.</param>
/// <param name="isBodySent">Whether the service may have the complete body.</param>
/// <param name="head">The response headers, which may have arrived without a body.</param>
internal sealed class PostResult(ApiResponse? response, Exception? fault, SubmissionPhase phase, bool isBodySent, ApiResponseHeaders? head) : IDisposable
{
    internal ApiResponse? Response { get; } = response;

    internal Exception? Fault { get; } = fault;

    internal SubmissionPhase Phase { get; } = phase;

    internal bool IsBodySent { get; } = isBodySent;

    internal ApiResponseHeaders? Head { get; } = head;

    public void Dispose() => Response?.Dispose();
}

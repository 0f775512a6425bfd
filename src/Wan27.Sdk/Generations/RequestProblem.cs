namespace Wan27.Sdk;

/// <summary>One thing that is wrong with a request, found by <see cref="VideoGenerationRequest.Validate()"/> or told by the server.</summary>
/// <param name="Member">The property of the request (<c>Duration</c>, <c>ReferenceImages[2]</c>), or the field's path in the server's words.</param>
/// <param name="Message">What is wrong with it, with the value found and the limit; never the prompt itself.</param>
public sealed record RequestProblem(string Member, string Message);

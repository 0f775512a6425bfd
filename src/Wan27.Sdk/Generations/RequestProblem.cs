namespace Wan27.Sdk;

/// <summary>Represents one problem of a request, found by <see cref="VideoGenerationRequest.Validate()"/> or by the service.</summary>
/// <param name="Member">The property of the request (<c>Duration</c>, <c>ReferenceImages[2]</c>), or the path of the field as the service writes it.</param>
/// <param name="Message">What is wrong with it, with the value found and the limit; never the prompt itself.</param>
public sealed record RequestProblem(string Member, string Message);

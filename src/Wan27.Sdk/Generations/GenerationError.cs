using System.Collections.ObjectModel;
using System.Text.Json;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk;

/// <summary>Represents why a generation failed, in the words of the service.</summary>
public sealed record GenerationError
{
    /// <summary>Gets the name of the error.</summary>
    /// <value>The name; null if the service gave none.</value>
    public string? Name { get; init; }

    /// <summary>Gets the message of the error.</summary>
    /// <value>The message; null if the service gave none.</value>
    public string? Message { get; init; }

    /// <summary>Gets the problems that the service found, by field.</summary>
    /// <value>The problems; empty if the service named none.</value>
    public IReadOnlyList<RequestProblem> Problems { get; init; } = [];

    /// <summary>Gets the fields of the error that this library does not know.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Creates a copy without the secrets that the service must not repeat.</summary>
    internal GenerationError Redacted(Redactor redactor) => this with
    {
        Name = Name is null ? null : redactor.Redact(Name),
        Message = Message is null ? null : redactor.Redact(Message),
        Problems = [.. Problems.Select(problem => new RequestProblem(redactor.Redact(problem.Member), redactor.Redact(problem.Message)))],
    };

    /// <summary>Returns the name, the message and the problems.</summary>
    public override string ToString()
    {
        var parts = Problems.Select(p => $"{p.Member}: {p.Message}").Prepend(Message).Prepend(Name);
        return string.Join("; ", parts.Where(part => !string.IsNullOrEmpty(part)));
    }
}

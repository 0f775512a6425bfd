using System.Collections.ObjectModel;
using System.Text.Json;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk;

/// <summary>Why a generation failed, in the server's words.</summary>
public sealed record GenerationError
{
    /// <summary>The error's name; null when not told.</summary>
    public string? Name { get; init; }

    /// <summary>The error in words; null when not told.</summary>
    public string? Message { get; init; }

    /// <summary>What the server found wrong, field by field; empty when it did not say.</summary>
    public IReadOnlyList<RequestProblem> Problems { get; init; } = [];

    /// <summary>Every field of the error that this library does not know, as it came.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Creates a copy without the secrets that the service must not repeat.</summary>
    internal GenerationError Redacted(Redactor redactor) => this with
    {
        Name = Name is null ? null : redactor.Redact(Name),
        Message = Message is null ? null : redactor.Redact(Message),
        Problems = [.. Problems.Select(problem => new RequestProblem(redactor.Redact(problem.Member), redactor.Redact(problem.Message)))],
    };

    /// <summary>The name, the message and the problems, as far as the server told them.</summary>
    public override string ToString()
    {
        var told = Problems.Select(p => $"{p.Member}: {p.Message}").Prepend(Message).Prepend(Name);
        return string.Join("; ", told.Where(part => !string.IsNullOrEmpty(part)));
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Wan27.Cli.Output;

/// <summary>A result as <c>--json</c> writes it. It contains neither the prompt nor the URL of the video, which may be signed.</summary>
internal sealed record Report
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string? Id { get; init; }

    public string? ClientRequestId { get; init; }

    public string? Status { get; init; }

    public decimal? CostUsd { get; init; }

    public string? CostStatus { get; init; }

    public string? CostSource { get; init; }

    public string? File { get; init; }

    public long? Bytes { get; init; }

    public int? ExitCode { get; init; }

    public string? Error { get; init; }

    public string? Next { get; init; }

    public static Report From(VideoGeneration generation, FileInfo? file = null) => new()
    {
        Id = generation.Id,
        ClientRequestId = generation.ClientRequestId,
        Status = generation.Status.Value,
        CostUsd = generation.Cost.Usd,
        CostStatus = generation.Cost.IsFinal ? "Actual" : generation.Status.IsPending ? "Pending" : "Unknown",
        CostSource = generation.Cost.Source,
        File = file?.FullName,
        Bytes = file?.Length,
    };

    public static string Json<T>(T result) => JsonSerializer.Serialize(result, Form);
}

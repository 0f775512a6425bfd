namespace Wan27.Sdk.Diagnostics;

/// <summary>
/// The names of the attributes of spans and measurements: OpenTelemetry's semantic conventions (generative AI, HTTP, errors), otherwise under <c>wan27</c>.
/// </summary>
internal static class Attributes
{
    public const string Operation = "gen_ai.operation.name";
    public const string Provider = "gen_ai.provider.name";
    public const string Model = "gen_ai.request.model";
    public const string OutputType = "gen_ai.output.type";
    public const string GenerationId = "gen_ai.response.id";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string StatusCode = "http.response.status_code";
    public const string Direction = "network.io.direction";
    public const string ErrorType = "error.type";

    public const string ClientRequestId = "wan27.client_request_id";
    public const string Status = "wan27.status";
    public const string Outcome = "wan27.outcome";
    public const string Phase = "wan27.phase";
    public const string Request = "wan27.request";
    public const string Poll = "wan27.poll";
    public const string Searches = "wan27.searches";
    public const string Bytes = "wan27.bytes";
    public const string Cost = "wan27.cost";

    /// <summary>The one value of <see cref="Operation"/>: the conventions' word for making content of other kinds than text.</summary>
    public const string GenerateContent = "generate_content";

    public const string ProviderName = "aimlapi";
}

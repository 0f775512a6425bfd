using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Wan27.Sdk.Errors;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>Malformed response headers.</summary>
public sealed class HeaderTests
{
    private const string Lost = "Create: reconciled. Get: 4 attempts, then `WanConnectionException`";

    [Fact]
    [Fault(23, "Create, Get", Lost + "; `AttemptTimeout` includes the request and the complete response")]
    public Task Headers_that_arrive_too_slowly() => ReplacedResponse.LosesResponsesAsync<WanConnectionException>(
        Reply.Raw("HTTP/1.1 200 OK\r\nX-Slow: ") with { Repeated = "x"u8.ToArray(), Interval = TimeSpan.FromSeconds(9) }, SubmissionPhase.Sent);

    [Fact]
    [Fault(24, "Create, Get", Lost)]
    public Task Interim_responses_without_end() => ReplacedResponse.LosesResponsesAsync<WanConnectionException>(
        Reply.Raw("") with { Repeated = "HTTP/1.1 103 Early Hints\r\n\r\n"u8.ToArray(), Interval = TimeSpan.FromSeconds(9) }, SubmissionPhase.Sent);

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("HTTP/1.1 two hundred\r\n\r\n")]
    [InlineData("HTTP/9.9 200 OK\r\n\r\n")]
    [InlineData("\0\0\0\0\r\n\r\n")]
    [Fault(25, "Create, Get", Lost)]
    public Task A_garbage_status_line(string line) =>
        ReplacedResponse.LosesResponsesAsync<WanConnectionException>(Reply.Raw(line), SubmissionPhase.Sent);

    [Fact]
    [Fault(26, "Create, Get", Lost + "; headers are limited to 64 KB")]
    public Task A_header_of_100_KB() => ReplacedResponse.LosesResponsesAsync<WanConnectionException>(
        Reply.Json("{}", 200, $"X-Long: {new string('x', 100 * 1024)}"), SubmissionPhase.Sent);

    [Fact]
    [Fault(27, "Create, Get", Lost + "; headers are limited to 64 KB")]
    public Task Headers_without_end() => ReplacedResponse.LosesResponsesAsync<WanConnectionException>(
        Reply.Raw("HTTP/1.1 200 OK\r\n") with { Repeated = "X-More: x\r\n"u8.ToArray() }, SubmissionPhase.Sent);

    [Theory]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: 99999999999999999999")]
    [InlineData("Transfer-Encoding: chunked")]
    [Fault(28, "Create, Get", "Create: reconciled. Get: 4 attempts, then a typed error")]
    public Task An_invalid_length(string header) => ReplacedResponse.LosesResponsesAsync<WanApiException>(
        Reply.Unframed(200, "zzz\r\n{\"id\""u8.ToArray(), header).Then(Ending.Fin), SubmissionPhase.Answered);
}

using System.Net;
using System.Text;
using System.Text.Json;
using Wan27.Sdk.Transport;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Tests.Transport;

/// <summary>Each status has its exception and its message, and none loses information from the response.</summary>
public sealed class ApiErrorTests
{
    [Theory]
    [InlineData(299, "(299)")]
    [InlineData(300, "(a redirect, which is not followed)")]
    [InlineData(399, "(a redirect, which is not followed)")]
    [InlineData(400, "(the request is invalid)")]
    [InlineData(401, "(the key is missing or invalid)")]
    [InlineData(402, "(PaymentRequired)")]
    [InlineData(403, "(not permitted: unverified card or missing permission)")]
    [InlineData(404, "(not found)")]
    [InlineData(429, "(too many requests, or too many generations at once)")]
    [InlineData(499, "(499)")]
    [InlineData(500, "(an error of the service)")]
    [InlineData(599, "(an error of the service)")]
    public void Each_status_has_its_message(int status, string meaning)
    {
        var error = ApiErrors.From(ResponseOf(status, ""), Redactor.None);

        Assert.Equal(((HttpStatusCode)status, $"The service responded {status} {meaning}."), (error.StatusCode, error.Message));
    }

    [Theory]
    [InlineData(400, "err_other", false)]
    [InlineData(403, "err_other", false)]
    [InlineData(403, "err_insufficent_credits", true)]
    [InlineData(500, "err_insufficent_credits", false)]
    public void The_exception_has_everything_that_was_reported(int status, string name, bool isOutOfCredits)
    {
        var body = $$$"""{"requestId":"req-1","error":{"name":"{{{name}}}","message":"No","data":[{"path":["seed"],"message":"too large"}]}}""";
        var error = ApiErrors.From(ResponseOf(status, body), Redactor.None);

        Assert.Equal((name, "req-1", body), (error.ErrorName, error.RequestId, error.ResponseExcerpt));
        Assert.Equal([new RequestProblem("seed", "too large")], error.Problems);
        Assert.Equal(isOutOfCredits, error.IsOutOfCredits);
        Assert.Equal(isOutOfCredits, error.Message.Contains("(out of credits): No (seed: too large).", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"message":"Invalid.","data":[{"path":["seed"],"message":"too large"},{"path":["a","b"],"message":"no"}]}""", "Invalid (seed: too large; a.b: no).")]
    [InlineData("""{"data":[{"path":["seed"],"message":"too large"}]}""", "seed: too large")]
    [InlineData("""{"message":"Invalid."}""", "Invalid.")]
    public void The_message_names_every_field_that_was_refused(string reported, string words) =>
        Assert.Equal($"The service responded 400 (the request is invalid): {words}", ApiErrors.From(ResponseOf(400, $$"""{"error":{{reported}}}"""), Redactor.None).Message);

    [Theory]
    [InlineData(" ", null, "the body is empty")]
    [InlineData("{}", "broke off", "the body broke off")]
    [InlineData("\u00e9", null, "the body is not UTF-8")]
    public void Invalid_JSON_is_reported_with_its_reason(string latin1, string? fault, string reason)
    {
        var response = new ApiResponse(new ApiResponseHeaders(HttpStatusCode.OK), Encoding.Latin1.GetBytes(latin1.Trim()), fault);

        Assert.Equal(reason, Assert.Throws<JsonException>(() => response.ParseJson()).Message);
    }

    private static ApiResponse ResponseOf(int status, string body) => new(new ApiResponseHeaders((HttpStatusCode)status), Encoding.UTF8.GetBytes(body), null);
}

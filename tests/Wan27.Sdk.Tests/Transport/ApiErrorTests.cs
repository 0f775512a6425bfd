using System.Net;
using System.Text;
using System.Text.Json;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Tests.Transport;

/// <summary>Each status has its exception and its words, and none loses what the answer told.</summary>
public sealed class ApiErrorTests
{
    [Theory]
    [InlineData(299, typeof(WanApiException), "(299)")]
    [InlineData(300, typeof(WanApiException), "(a redirect, which is not followed)")]
    [InlineData(399, typeof(WanApiException), "(a redirect, which is not followed)")]
    [InlineData(400, typeof(WanApiException), "(the request is invalid)")]
    [InlineData(401, typeof(WanAuthenticationException), "(the key is missing or invalid)")]
    [InlineData(402, typeof(WanApiException), "(PaymentRequired)")]
    [InlineData(403, typeof(WanApiException), "(not permitted: unverified card or missing permission)")]
    [InlineData(404, typeof(WanApiException), "(not found)")]
    [InlineData(429, typeof(WanRateLimitException), "(too many requests, or too many generations at once)")]
    [InlineData(499, typeof(WanApiException), "(499)")]
    [InlineData(500, typeof(WanApiException), "(an error of the service)")]
    [InlineData(599, typeof(WanApiException), "(an error of the service)")]
    public void Each_status_has_its_words(int status, Type type, string meaning)
    {
        var error = ApiErrors.From(Answered(status, ""));

        Assert.Equal((type, $"The service answered {status} {meaning}."), (error.GetType(), error.Message));
    }

    [Theory]
    [InlineData(400, "err_other", typeof(WanApiException))]
    [InlineData(401, "err_other", typeof(WanAuthenticationException))]
    [InlineData(403, "err_insufficent_credits", typeof(WanInsufficientCreditsException))]
    [InlineData(429, "err_other", typeof(WanRateLimitException))]
    public void Each_exception_holds_all_that_was_told(int status, string name, Type type)
    {
        var body = $$$"""{"requestId":"req-1","error":{"name":"{{{name}}}","message":"No","data":[{"path":["seed"],"message":"too large"}]}}""";
        var error = ApiErrors.From(Answered(status, body));

        Assert.Equal(type, error.GetType());
        Assert.Equal((name, "req-1", body), (error.ErrorName, error.RequestId, error.ResponseExcerpt));
        Assert.Equal([new RequestProblem("seed", "too large")], error.Problems);
        Assert.Equal(error is WanInsufficientCreditsException, error.Message.Contains("(out of credits): No", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(" ", null, "the body is empty")]
    [InlineData("{}", "broke off", "the body broke off")]
    [InlineData("\u00e9", null, "the body is not UTF-8")]
    public void What_is_no_json_says_why(string latin1, string? fault, string reason)
    {
        var answer = new ApiAnswer(new AnswerHead(HttpStatusCode.OK), Encoding.Latin1.GetBytes(latin1.Trim()), fault);

        Assert.Equal(reason, Assert.Throws<JsonException>(() => answer.ParseJson()).Message);
    }

    private static ApiAnswer Answered(int status, string body) => new(new AnswerHead((HttpStatusCode)status), Encoding.UTF8.GetBytes(body), null);
}

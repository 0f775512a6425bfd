using System.Globalization;
using System.Net;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Tests.Transport;

public class RetryAfterTests
{
    private const string Now = "Wed, 01 Jul 2026 12:00:00 GMT";

    public static TheoryData<string[], double?> Forms { get; } = new()
    {
        { ["0"], 0 },
        { ["7"], 7 },
        { [" 7 "], 7 },
        { ["1.5"], 1.5 },
        { ["86400"], 86_400 },
        { ["Wed, 01 Jul 2026 12:00:30 GMT"], 30 },
        { ["Wed, 01 Jul 2026 11:00:00 GMT"], 0 },
        { ["-5"], null },
        { ["922337203685"], 922_337_203_685 },
        { ["922337203686"], null },
        { ["1e38"], null },
        { ["99999999999999999999999999999999"], null },
        { ["NaN"], null },
        { ["Infinity"], null },
        { ["soon"], null },
        { [""], null },
        { ["1,5"], 5 },
        { ["3", "9"], 9 },
        { ["9", "soon"], 9 },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_is_read_alike_under_any_culture(string[] values, double? seconds)
    {
        foreach (var culture in new[] { "de-DE", "fa-IR", "" })
        {
            using var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            response.Headers.TryAddWithoutValidation("Date", Now);
            response.Headers.TryAddWithoutValidation("Retry-After", values);
            var before = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            try
            {
                Assert.Equal(seconds, RetryAfterHeader.Of(response)?.TotalSeconds);
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }
    }

    [Fact]
    public void A_date_is_ignored_without_the_clock_of_the_server()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        response.Headers.TryAddWithoutValidation("Retry-After", Now);

        Assert.Null(RetryAfterHeader.Of(response));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("20", 20)]
    [InlineData("60", 60)]
    public async Task A_wait_of_up_to_a_minute_is_obeyed(string value, int seconds)
    {
        using var service = ScriptedService.Responding(TestResponse.Status(503).With("Retry-After", value), TestResponse.Generation("queued"));

        await service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation));

        Assert.Equal(seconds, (service.Requests[1].At - service.Requests[0].At).TotalSeconds, 0.11);
    }

    [Theory]
    [InlineData("61", 61)]
    [InlineData("86400", 86_400)]
    public async Task A_longer_wait_is_reported_at_once(string value, int seconds)
    {
        using var service = ScriptedService.Responding(TestResponse.Status(503).With("Retry-After", value));

        var error = await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation)));

        Assert.Single(service.Requests);
        Assert.Equal(TimeSpan.FromSeconds(seconds), error.RetryAfter);
    }

    [Theory]
    [InlineData("1e38")]
    [InlineData("-5")]
    [InlineData("NaN")]
    public async Task An_invalid_wait_is_ignored(string value)
    {
        using var service = ScriptedService.Responding(TestResponse.Status(429).With("Retry-After", value), TestResponse.Generation("queued"));

        await service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation));

        Assert.Equal(2, service.Requests.Count);
    }
}

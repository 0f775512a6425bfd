using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Tests.Transport;

public class UserAgentTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_request_names_the_SDK_the_runtime_and_the_system(bool isGuarded)
    {
        using var service = ScriptedService.Configured(isGuarded, _ => { }, TestResponse.Generation("queued"));

        _ = await service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation));
        _ = await service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation));

        Assert.Equal(2, service.Requests.Count);
        Assert.All(service.Requests, request => Assert.Matches(@"^Wan27\.Sdk/\d+\.\d+\.\d+\S* \(\.NET [^;()]+; [^;()]+\)$", HeaderOf(request)));
    }

    [Fact]
    public async Task The_application_adds_its_own_name()
    {
        using var service = ScriptedService.Configured(options => options.UserAgent = "MyApp/1.2 (a shop)", TestResponse.Generation("queued"));

        _ = await service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation));

        Assert.Equal($"{UserAgent.OfLibrary} MyApp/1.2 (a shop)", HeaderOf(service.Requests.Single()));
    }

    [Theory]
    [InlineData("MyApp/1.2\r\nX-Evil: canary")]
    [InlineData("canary\u00e4/1")]
    [InlineData("canary/1 (")]
    [InlineData("")]
    public void A_name_that_no_header_can_contain_is_refused_without_repeating_it(string name)
    {
        var e = Assert.Throws<ArgumentException>(() => new WanVideoClient(new WanVideoClientOptions { ApiKey = "k", UserAgent = name }));

        Assert.StartsWith("WanVideoClientOptions.UserAgent ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", e.Message, StringComparison.Ordinal);
    }

    private static string HeaderOf(Received request) =>
        request.Headers.Split('\n').Single(line => line.StartsWith("User-Agent: ", StringComparison.Ordinal))["User-Agent: ".Length..].Trim();
}

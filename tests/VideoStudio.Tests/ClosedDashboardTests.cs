using System.Net;
using VideoStudio.Tests.Support;

namespace VideoStudio.Tests;

public sealed class ClosedDashboardTests : IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("studio-");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("Production", HttpStatusCode.Unauthorized)]
    [InlineData("Development", HttpStatusCode.OK)]
    public async Task Without_a_password_the_dashboard_is_open_in_development_only(string environment, HttpStatusCode expected)
    {
        await using var studio = await StudioProcess.StartAsync(new Dictionary<string, string>
        {
            ["Studio:Data"] = data.FullName,
            ["ASPNETCORE_ENVIRONMENT"] = environment,
        });
        using var http = new HttpClient { BaseAddress = studio.Address };
        using var response = await http.GetAsync("/hangfire", TestContext.Current.CancellationToken);
        Assert.Equal(expected, response.StatusCode);
    }

    public ValueTask DisposeAsync()
    {
        data.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

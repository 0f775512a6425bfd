using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using VideoStudio.Hosting;
using VideoStudio.Tests.Support;

namespace VideoStudio.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Studio:UnknownGivenUpAfter", "00:00:00")]
    [InlineData("Studio:UnknownGivenUpAfter", "31.00:00:00")]
    [InlineData("Studio:Workers", "0")]
    [InlineData("Studio:MaxPictureBytes", "20971521")]
    [InlineData("Studio:OperatorPassword", "short")]
    [InlineData("Studio:TrustedProxies:0", "nonsense")]
    [InlineData("Studio:TrustedProxies", "10.0.0.5")]
    [InlineData("Studio:EmulatorAddress", "https://127.0.0.1")]
    [InlineData("Studio:EmulatorAddress", "http://operator:short@127.0.0.1")]
    [InlineData("Studio:EmulatorAddress", "http://127.0.0.1?key=short")]
    [InlineData("Studio:EmulatorAddress", "http://videos.example")]
    [InlineData("Studio:EmulatorAddress", "emulator")]
    public void The_message_names_an_invalid_setting(string setting, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(setting, value)]).Build();

        var e = Assert.Throws<OptionsValidationException>(() => StudioOptions.Read(configuration));

        Assert.StartsWith(setting.Replace(":0", ":", StringComparison.Ordinal), Assert.Single(e.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("short", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_settings_the_defaults_apply() => Assert.Equal(10, StudioOptions.Read(new ConfigurationBuilder().Build()).Workers);

    [Theory]
    [InlineData("hunter2")]
    [InlineData("Password=hunter2;Frob=1")]
    [InlineData("Host=db;Password=hunter2;Port=abc")]
    [InlineData("Database=studio;Password=hunter2")]
    [InlineData("Host=db;Password=hunter2;Minimum Pool Size=50;Maximum Pool Size=10")]
    public void The_message_names_an_invalid_connection_string(string connection)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["ConnectionStrings:Studio"] = connection;

        var e = Assert.Throws<OptionsValidationException>(() => builder.AddStudioDatabase(new StudioOptions()));

        Assert.StartsWith("ConnectionStrings:Studio is invalid: ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Studio:Workers", "0")]
    [InlineData("Studio:UnknownGivenUpAfter", "soon")]
    [InlineData("ConnectionStrings:Studio", "Frob=1")]
    [InlineData("Wan27:BaseAddress", "nonsense")]
    public async Task An_invalid_setting_ends_the_start_and_is_named(string setting, string value)
    {
        var data = Directory.CreateTempSubdirectory("studio-invalid-");
        var settings = new Dictionary<string, string> { [setting] = value, ["Wan27:ApiKey"] = "key", ["Studio:Data"] = data.FullName };

        var e = await Assert.ThrowsAnyAsync<Exception>(() => StudioProcess.StartAsync(settings));

        Assert.Contains("Exception: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(setting, e.Message, StringComparison.Ordinal);
        data.Delete(recursive: true);
    }
}

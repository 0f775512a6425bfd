using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using VideoStudio.Hosting;
using VideoStudio.Tests.Support;

namespace VideoStudio.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Studio:Lease", "00:00:00")]
    [InlineData("Studio:OverdueAfter", "-00:00:01")]
    [InlineData("Studio:SweepInterval", "00:00:00")]
    [InlineData("Studio:UnknownGivenUpAfter", "31.00:00:00")]
    [InlineData("Studio:Workers", "0")]
    [InlineData("Studio:MaxPictureBytes", "20971521")]
    [InlineData("Studio:OperatorPassword", "short")]
    [InlineData("Studio:TrustedProxies:0", "nonsense")]
    [InlineData("Studio:EmulatorAddress", "https://127.0.0.1")]
    [InlineData("Studio:EmulatorAddress", "http://films.example")]
    [InlineData("Studio:EmulatorAddress", "emulator")]
    public void A_setting_that_does_not_hold_is_named(string setting, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(setting, value)]).Build();

        var e = Assert.Throws<OptionsValidationException>(() => StudioOptions.Read(configuration));

        Assert.StartsWith(setting.Replace(":0", ":", StringComparison.Ordinal), Assert.Single(e.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("short", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_settings_the_defaults_hold() => Assert.Equal(10, StudioOptions.Read(new ConfigurationBuilder().Build()).Workers);

    [Fact]
    public async Task A_connection_string_that_cannot_be_read_is_named_at_the_start()
    {
        var e = await Assert.ThrowsAnyAsync<Exception>(() => StudioProcess.StartAsync(new Dictionary<string, string> { ["ConnectionStrings:Studio"] = "Password=hunter2;Frob=1" }));

        Assert.Contains("ConnectionStrings:Studio cannot be read: ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.Message, StringComparison.Ordinal);
    }
}

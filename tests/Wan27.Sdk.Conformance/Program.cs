using Spectre.Console;

namespace Wan27.Sdk.Conformance;

internal static class Program
{
    private const int LogWidth = 160;

    public static async Task<int> Main(string[] arguments)
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
            console.Profile.Width = LogWidth;
        return await new ConformanceProgram(console, Environment.GetEnvironmentVariable).RunAsync(arguments);
    }
}

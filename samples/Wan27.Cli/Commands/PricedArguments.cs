using System.CommandLine;

namespace Wan27.Cli.Commands;

/// <summary>The options that determine the price. Completion suggests known values; others are not rejected, because the service may accept more.</summary>
internal sealed class PricedArguments
{
    private readonly Option<string?> resolution = new("--resolution") { Description = "720p or 1080p. The service's default: 1080p.", HelpName = "value" };

    private readonly Option<int?> duration = Numbers.Option<int>("--duration", "5, 10 or 15 seconds, also written as 5s. The service's default: 10.", "seconds", unit: "s");

    public PricedArguments(Command command)
    {
        resolution.CompletionSources.Add("720p", "1080p");
        duration.CompletionSources.Add("5", "10", "15");
        command.Add(resolution);
        command.Add(duration);
    }

    public VideoResolution? Resolution(ParseResult parsed) => parsed.GetValue(resolution) is { } value ? new VideoResolution(value) : null;

    public VideoDuration? Duration(ParseResult parsed) => parsed.GetValue(duration) is { } seconds ? new VideoDuration(seconds) : null;
}

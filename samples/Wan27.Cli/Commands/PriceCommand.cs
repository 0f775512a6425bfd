using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Prints the price of videos from the live price list.</summary>
internal sealed class PriceCommand : Command
{
    private static readonly string[] Models = ["t2v", "i2v", "r2v"];
    private static readonly VideoResolution[] Resolutions = [VideoResolution.P720, VideoResolution.P1080];
    private static readonly VideoDuration[] Durations = [VideoDuration.FiveSeconds, VideoDuration.TenSeconds, VideoDuration.FifteenSeconds];

    private readonly Argument<string?> model = new("model") { Description = "t2v, i2v or r2v. Default: all.", Arity = ArgumentArity.ZeroOrOne };

    public PriceCommand(Terminal terminal, SharedOptions shared)
        : base("price", "Print the price of a video from the live price list; without options, for every resolution and duration.")
    {
        model.AcceptOnlyFromAmong(Models);
        Add(model);
        var priced = new PricedArguments(this);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var client = shared.Open(parsed);
            var rows = new List<PriceRow>();
            foreach (var kind in parsed.GetValue(model) is { } one ? [one] : Models)
            {
                foreach (var resolution in priced.Resolution(parsed) is { } size ? [size] : Resolutions)
                {
                    foreach (var duration in priced.Duration(parsed) is { } seconds ? [seconds] : Durations)
                        rows.Add(PriceRow.From(kind, resolution, duration, await client.EstimateCostAsync(Request(kind) with { Resolution = resolution, Duration = duration }, cancellationToken)));
                }
            }

            terminal.Out.WriteLine(parsed.GetValue(shared.Json) ? Report.Json(rows) : string.Join(Environment.NewLine, rows));
            return (int)(rows.TrueForAll(row => row.Usd is not null) ? ExitCode.Done : ExitCode.Failed);
        });
    }

    private static VideoGenerationRequest Request(string kind) => kind switch
    {
        "t2v" => new TextToVideoRequest { Prompt = "" },
        "i2v" => new ImageToVideoRequest { Prompt = "", Image = MediaSource.FromBytes(default) },
        _ => new ReferenceToVideoRequest { Prompt = "" },
    };
}

using System.CommandLine;
using System.Globalization;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Prints the models of the service with their prices.</summary>
internal sealed class ModelsCommand : Command
{
    private readonly Option<bool> all = new("--all") { Description = "Also list models that make no videos." };

    public ModelsCommand(Terminal terminal, SharedOptions shared)
        : base("models", "Print the video models of the service with their prices.")
    {
        Add(all);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var client = shared.Open(parsed);
            var models = await client.ListModelsAsync(parsed.GetValue(all), cancellationToken);
            terminal.Out.WriteLine(parsed.GetValue(shared.Json)
                ? Report.Json(models)
                : string.Join(Environment.NewLine, models.Select(model => $"{model.Id}  {Price(model)}".TrimEnd())));
            return (int)ExitCode.Done;
        });
    }

    private static string Price(VideoModel model) => model switch
    {
        { MinPriceUsd: { } min, MaxPriceUsd: { } max } when min < max =>
            string.Create(CultureInfo.InvariantCulture, $"{min:0.00####} to {max:0.00####} USD per {model.PriceUnit}"),
        { MinPriceUsd: { } price } => string.Create(CultureInfo.InvariantCulture, $"{price:0.00####} USD per {model.PriceUnit}"),
        _ => "",
    };
}

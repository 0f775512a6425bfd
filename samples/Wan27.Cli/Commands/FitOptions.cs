using System.CommandLine;

namespace Wan27.Cli.Commands;

/// <summary>The options that prepare local images before they are sent.</summary>
internal sealed class FitOptions
{
    private readonly Option<bool> fit = new("--fit")
    {
        Description = "Convert, rotate and scale local images of any format, so that the API accepts them, and remove their metadata.",
    };

    private readonly Option<string?> aspect = new Option<string?>("--fit-aspect")
    {
        Description = "With --fit: crop or pad an image whose aspect ratio is not between 1:8 and 8:1.",
        HelpName = "crop|pad",
    }.AcceptOnlyFromAmong("crop", "pad");

    public FitOptions(Command command)
    {
        command.Add(fit);
        command.Add(aspect);
    }

    /// <summary>Returns how images are prepared; null if they are sent as they are.</summary>
    /// <exception cref="UsageException">The options cannot be combined.</exception>
    public ImagePreparationOptions? Read(ParseResult parsed)
    {
        var isFit = parsed.GetValue(fit);
        var adjustment = parsed.GetValue(aspect) switch
        {
            null => AspectRatioAdjustment.None,
            _ when !isFit => throw new UsageException($"{aspect.Name} requires {fit.Name}."),
            "crop" => AspectRatioAdjustment.Crop,
            _ => AspectRatioAdjustment.Pad,
        };
        return isFit ? new ImagePreparationOptions { AspectRatioAdjustment = adjustment } : null;
    }
}

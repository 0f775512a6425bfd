using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>The request as the command line gives it. Which model it goes to follows from the media.</summary>
internal sealed class RequestArguments
{
    private readonly Argument<string> prompt = new("prompt") { Description = "What shall happen in the video; - reads it from standard input." };
    private readonly Option<string?> image = Media("--image", "The first picture of the video, a file or an address (image-to-video).", "-i");
    private readonly Option<string[]> referenceImages = Several("--reference-image", "A picture of who or what shall appear; may be repeated (reference-to-video).");
    private readonly Option<string[]> referenceVideos = Several("--reference-video", "A clip of who or what shall appear; may be repeated (reference-to-video).");
    private readonly Option<string?> firstFrame = Media("--first-frame", "The first picture, beside references.");
    private readonly Option<string?> audio = Media("--audio", "The sound of the video, a file or an address.");
    private readonly Option<string?> negativePrompt = new("--negative-prompt") { Description = "What shall not be in the video.", HelpName = "text" };
    private readonly Option<long?> seed = Numbers.Option<long>("--seed", "The random seed, 0 to 2147483647.", "number");
    private readonly Option<string?> aspectRatio = Known("--aspect-ratio", "The shape, without an image: 16:9, 9:16, 1:1, 4:3 or 3:4.", "16:9", "9:16", "1:1", "4:3", "3:4");
    private readonly Option<bool?> enhance = new("--enhance-prompt") { Description = "Whether the service may rewrite the prompt.", HelpName = "true|false" };
    private readonly Option<bool?> watermark = new("--watermark") { Description = "Whether the video bears a watermark.", HelpName = "true|false" };
    private readonly Option<string?> id = new Option<string?>("--id")
    {
        Description = "Your own id of the submission: given again with the same request, it finds the task that exists.",
        HelpName = "id",
    }.Filled();

    private readonly Option<bool> force = new("--force") { Description = "Send the request although it breaks a documented limit." };
    private readonly PricedArguments priced;

    public RequestArguments(Command command)
    {
        command.Add(prompt);
        command.Add(image);
        command.Add(referenceImages);
        command.Add(referenceVideos);
        command.Add(firstFrame);
        command.Add(audio);
        priced = new PricedArguments(command);
        command.Add(aspectRatio);
        command.Add(negativePrompt);
        command.Add(seed);
        command.Add(enhance);
        command.Add(watermark);
        command.Add(id);
        command.Add(force);
    }

    /// <exception cref="UsageException">Options are given that do not go together.</exception>
    public async Task<VideoGenerationRequest> ReadAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken) => Model(parsed) with
    {
        Prompt = await PromptAsync(parsed, terminal, cancellationToken),
        Resolution = priced.Resolution(parsed),
        Duration = priced.Duration(parsed),
        NegativePrompt = parsed.GetValue(negativePrompt),
        Seed = parsed.GetValue(seed),
        EnhancePrompt = parsed.GetValue(enhance),
        ClientRequestId = parsed.GetValue(id),
        SkipValidation = parsed.GetValue(force),
    };

    private VideoGenerationRequest Model(ParseResult parsed)
    {
        var references = (Images: Sources(parsed.GetValue(referenceImages)), Videos: Sources(parsed.GetValue(referenceVideos)));
        var ratio = parsed.GetValue(aspectRatio) is { } shape ? new AspectRatio(shape) : (AspectRatio?)null;
        if (references.Images.Count + references.Videos.Count > 0)
        {
            Refuse(parsed, "does not go together with references", image, audio);
            return new ReferenceToVideoRequest
            {
                Prompt = "",
                ReferenceImages = references.Images,
                ReferenceVideos = references.Videos,
                FirstFrameImage = Source(parsed.GetValue(firstFrame)),
                AspectRatio = ratio,
                Watermark = parsed.GetValue(watermark),
            };
        }

        Refuse(parsed, "goes with --reference-image or --reference-video", firstFrame);
        if (parsed.GetValue(image) is { } picture)
        {
            Refuse(parsed, $"does not go together with {image.Name}", aspectRatio);
            return new ImageToVideoRequest { Prompt = "", Image = Source(picture)!, Audio = Source(parsed.GetValue(audio)), Watermark = parsed.GetValue(watermark) };
        }

        Refuse(parsed, $"goes with {image.Name} or with references", watermark);
        return new TextToVideoRequest { Prompt = "", Audio = Source(parsed.GetValue(audio)), AspectRatio = ratio };
    }

    // A console is read by a thread that nothing can stop, and Ctrl+C must not wait for it.
    private async Task<string> PromptAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        if (parsed.GetRequiredValue(prompt) is var words && words != "-")
            return words;
        terminal.Error.WriteLine("reading the prompt from standard input");
        return (await Task.Run(terminal.In.ReadToEnd, cancellationToken).WaitAsync(cancellationToken)).Trim();
    }

    private static void Refuse(ParseResult parsed, string reason, params Option[] options)
    {
        foreach (var option in options)
        {
            if (parsed.GetResult(option) is { Implicit: false })
                throw new UsageException($"{option.Name} {reason}.");
        }
    }

    private static Option<string?> Media(string name, string description, params string[] aliases) =>
        new Option<string?>(name, aliases) { Description = description, HelpName = "file|url" }.Filled();

    private static Option<string[]> Several(string name, string description) =>
        new Option<string[]>(name) { Description = description, HelpName = "file|url" }.Filled();

    private static Option<string?> Known(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "value" };
        option.CompletionSources.Add(values);
        return option;
    }

    private static List<MediaSource> Sources(string[]? places) => [.. (places ?? []).Select(place => Source(place)!)];

    private static MediaSource? Source(string? place) =>
        string.IsNullOrEmpty(place) ? null
        : place.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || place.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? MediaSource.FromUri(place)
        : MediaSource.FromFile(place);
}

using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Creates the request from the command line. The media determine the model.</summary>
internal sealed class RequestArguments
{
    private readonly Argument<string> prompt = new("prompt") { Description = "What happens in the video; - reads it from standard input." };
    private readonly Option<string?> image = Media("--image", "The first frame of the video, a file or a URL (image-to-video).", "-i");
    private readonly Option<string[]> referenceImages = Several("--reference-image", "A reference image of a person or an object; may be repeated (reference-to-video).");
    private readonly Option<string[]> referenceVideos = Several("--reference-video", "A reference video of a person or an object; may be repeated (reference-to-video).");
    private readonly Option<string?> firstFrame = Media("--first-frame", "The first frame, in addition to references.");
    private readonly Option<string?> audio = Media("--audio", "The audio of the video, a file or a URL.");
    private readonly Option<string?> negativePrompt = new("--negative-prompt") { Description = "What must not appear in the video.", HelpName = "text" };
    private readonly Option<long?> seed = Numbers.Option<long>("--seed", "The random seed, 0 to 2147483647.", "number");
    private readonly Option<string?> aspectRatio = Known("--aspect-ratio", "The aspect ratio, without an image: 16:9, 9:16, 1:1, 4:3 or 3:4.", "16:9", "9:16", "1:1", "4:3", "3:4");
    private readonly Option<bool?> enhance = new("--enhance-prompt") { Description = "Whether the service may rewrite the prompt.", HelpName = "true|false" };
    private readonly Option<bool?> watermark = new("--watermark") { Description = "Whether the video has a watermark.", HelpName = "true|false" };
    private readonly Option<string?> id = new Option<string?>("--id")
    {
        Description = "The client request id. The same id with the same request finds the existing generation.",
        HelpName = "id",
    }.NotEmpty();

    private readonly Option<bool> force = new("--force") { Description = "Send the request even if it exceeds a documented limit." };
    private readonly FitOptions fit;
    private readonly PricedArguments priced;
    private readonly ModelArguments other;

    public RequestArguments(Command command)
    {
        command.Add(prompt);
        command.Add(image);
        command.Add(referenceImages);
        command.Add(referenceVideos);
        command.Add(firstFrame);
        command.Add(audio);
        fit = new FitOptions(command);
        priced = new PricedArguments(command);
        command.Add(aspectRatio);
        command.Add(negativePrompt);
        command.Add(seed);
        command.Add(enhance);
        command.Add(watermark);
        other = new ModelArguments(command);
        command.Add(id);
        command.Add(force);
    }

    /// <summary>Returns whether a request that exceeds a documented limit is sent.</summary>
    public bool IsForced(ParseResult parsed) => parsed.GetValue(force);

    /// <exception cref="UsageException">Options cannot be combined.</exception>
    public async Task<VideoGenerationRequest> ReadAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var request = Model(parsed) with
        {
            Prompt = await PromptAsync(parsed, terminal, cancellationToken),
            Resolution = priced.Resolution(parsed),
            Duration = priced.Duration(parsed),
            NegativePrompt = parsed.GetValue(negativePrompt),
            Seed = parsed.GetValue(seed),
            EnhancePrompt = parsed.GetValue(enhance),
            ClientRequestId = parsed.GetValue(id),
        };
        return fit.Read(parsed) is { } options ? await FitAsync(request, parsed, options, terminal, cancellationToken) : request;
    }

    private async Task<VideoGenerationRequest> FitAsync(
        VideoGenerationRequest request, ParseResult parsed, ImagePreparationOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        switch (request)
        {
            case ImageToVideoRequest ofImage:
                return ofImage with { Image = await FitAsync(parsed.GetValue(image)!) };
            case ReferenceToVideoRequest ofReferences:
                var references = new List<MediaSource>();
                foreach (var source in parsed.GetValue(referenceImages) ?? [])
                    references.Add(await FitAsync(source));
                return ofReferences with
                {
                    ReferenceImages = references,
                    FirstFrameImage = parsed.GetValue(firstFrame) is { } frame ? await FitAsync(frame) : null,
                };
            default:
                return request;
        }

        async Task<MediaSource> FitAsync(string source)
        {
            if (IsUrl(source))
                return Source(source)!;
            var prepared = await MediaImage.PrepareAsync(source, options, cancellationToken);
            terminal.Error.WriteLine($"{Path.GetFileName(source)}: {prepared.Report}");
            return prepared.Source;
        }
    }

    private VideoGenerationRequest Model(ParseResult parsed)
    {
        if (other.Read(parsed) is { } model)
        {
            Refuse(parsed, "cannot be combined with --model; set the field of the model with --field", image, audio, firstFrame, referenceImages, referenceVideos, aspectRatio, watermark);
            return model;
        }

        var references = (Images: Sources(parsed.GetValue(referenceImages)), Videos: Sources(parsed.GetValue(referenceVideos)));
        var ratio = parsed.GetValue(aspectRatio) is { } value ? new AspectRatio(value) : (AspectRatio?)null;
        if (references.Images.Count + references.Videos.Count > 0)
        {
            Refuse(parsed, "cannot be combined with references", image, audio);
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

        Refuse(parsed, "requires --reference-image or --reference-video", firstFrame);
        if (parsed.GetValue(image) is { } imageSource)
        {
            Refuse(parsed, $"cannot be combined with {image.Name}", aspectRatio);
            return new ImageToVideoRequest { Prompt = "", Image = Source(imageSource)!, Audio = Source(parsed.GetValue(audio)), Watermark = parsed.GetValue(watermark) };
        }

        Refuse(parsed, $"requires {image.Name} or references", watermark);
        return new TextToVideoRequest { Prompt = "", Audio = Source(parsed.GetValue(audio)), AspectRatio = ratio };
    }

    // A read from the console cannot be canceled, and Ctrl+C must not wait for it.
    private async Task<string> PromptAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        if (parsed.GetRequiredValue(prompt) is var text && text != "-")
            return text;
        terminal.Error.WriteLine("Reading the prompt from standard input.");
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
        new Option<string?>(name, aliases) { Description = description, HelpName = "file|url" }.NotEmpty();

    private static Option<string[]> Several(string name, string description) =>
        new Option<string[]>(name) { Description = description, HelpName = "file|url" }.NotEmpty();

    private static Option<string?> Known(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "value" };
        option.CompletionSources.Add(values);
        return option;
    }

    private static List<MediaSource> Sources(string[]? sources) => [.. (sources ?? []).Select(source => Source(source)!)];

    private static MediaSource? Source(string? source) =>
        string.IsNullOrEmpty(source) ? null : IsUrl(source) ? MediaSource.FromUri(source) : MediaSource.FromFile(source);

    private static bool IsUrl(string source) =>
        source.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}

using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wan27.Cli.Commands;

/// <summary>The options for any other video model, whose fields are written as its documentation shows them.</summary>
internal sealed class ModelArguments
{
    private readonly Option<string?> model = new Option<string?>("--model")
    {
        Description = "Any video model of the service; `wan27 models` lists them. Its fields are set with --field.",
        HelpName = "id",
    }.NotEmpty();

    private readonly Option<string[]> fields = new Option<string[]>("--field")
    {
        Description = "A field of the model; may be repeated. The value is JSON or text, and @FILE sends a file.",
        HelpName = "name=value",
    }.NotEmpty();

    public ModelArguments(Command command)
    {
        command.Add(model);
        command.Add(fields);
    }

    /// <summary>Returns the request of another model without its prompt; null if no model is given.</summary>
    /// <exception cref="UsageException">A field cannot be understood.</exception>
    public VideoRequest? Read(ParseResult parsed)
    {
        var given = parsed.GetValue(fields) ?? [];
        if (parsed.GetValue(model) is not { } id)
            return given.Length == 0 ? null : throw new UsageException($"{fields.Name} requires {model.Name}.");
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in given)
        {
            if (field.IndexOf('=') is not (> 0 and var separator))
                throw new UsageException($"{fields.Name} must be name=value (was '{field}').");
            if (!values.TryAdd(field[..separator], Value(field[(separator + 1)..])))
                throw new UsageException($"{fields.Name} {field[..separator]} is given twice; a list is written as JSON, such as {field[..separator]}='[1, 2]'.");
        }

        return new VideoRequest(id) { Fields = values };
    }

    private static object? Value(string text)
    {
        if (text.StartsWith('@'))
            return MediaSource.FromFile(text[1..]);
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}

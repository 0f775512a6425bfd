using System.CommandLine;

namespace Wan27.Cli.Commands;

/// <summary>An id on the command line.</summary>
internal static class Ids
{
    public static Argument<string> Argument(string name, string description)
    {
        var id = new Argument<string>(name) { Description = description };
        id.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.Tokens[0].Value))
                result.AddError($"The {name} is empty.");
        });
        return id;
    }
}

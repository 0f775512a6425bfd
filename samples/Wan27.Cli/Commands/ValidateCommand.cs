using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Validates a request against the documented limits. Requires no key and sends nothing.</summary>
internal sealed class ValidateCommand : Command
{
    public ValidateCommand(Terminal terminal, SharedOptions shared)
        : base("validate", "Validate a request against the documented limits; sends nothing and requires no key.")
    {
        var arguments = new RequestArguments(this);
        SetAction(async (parsed, cancellationToken) =>
        {
            var request = await arguments.ReadAsync(parsed, terminal, cancellationToken);
            var problems = request.Validate();
            var media = await MediaReport.OfAsync(request, cancellationToken);
            if (parsed.GetValue(shared.Json))
            {
                terminal.Out.WriteLine(Report.Json(new { request.Model, Media = media, Problems = problems }));
            }
            else
            {
                var result = problems.Count == 0 ? [$"valid for {request.Model}"] : problems.Select(problem => $"{problem.Member}: {problem.Message}");
                terminal.Out.WriteLine(string.Join(Environment.NewLine, [.. media.Select(file => $"{file}"), .. result]));
            }

            return (int)(problems.Count == 0 ? ExitCode.Done : ExitCode.Refused);
        });
    }
}

using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Checks a request against every documented limit. Needs no key, and sends nothing.</summary>
internal sealed class ValidateCommand : Command
{
    public ValidateCommand(Terminal terminal, SharedOptions shared)
        : base("validate", "Check a request against every documented limit; nothing is sent, and no key is needed.")
    {
        var arguments = new RequestArguments(this);
        SetAction(async (parsed, cancellationToken) =>
        {
            var request = await arguments.ReadAsync(parsed, terminal, cancellationToken);
            var problems = request.Validate();
            if (parsed.GetValue(shared.Json))
                terminal.Out.WriteLine(Report.Json(new { request.Model, Problems = problems }));
            else
                terminal.Out.WriteLine(problems.Count == 0 ? $"fit for {request.Model}" : string.Join(Environment.NewLine, problems.Select(problem => $"{problem.Member}: {problem.Message}")));
            return (int)(problems.Count == 0 ? ExitCode.Done : ExitCode.Refused);
        });
    }
}

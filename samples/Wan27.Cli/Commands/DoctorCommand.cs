using System.CommandLine;
using Wan27.Cli.Diagnosis;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Checks what a generation needs, and prints what to do. Nothing is bought.</summary>
internal sealed class DoctorCommand : Command
{
    public DoctorCommand(Terminal terminal, SharedOptions shared)
        : base("doctor", "Check the key, the network, the clock, the folders and the journal. Nothing is bought.") => SetAction(async (parsed, cancellationToken) =>
    {
        using var doctor = new Doctor(shared, parsed, TimeProvider.System);
        var results = new List<CheckResult>();
        await foreach (var result in doctor.RunAsync(cancellationToken))
        {
            results.Add(result);
            if (!parsed.GetValue(shared.Json))
                terminal.Out.WriteLine(result);
        }

        if (parsed.GetValue(shared.Json))
            terminal.Out.WriteLine(Report.Json(results));
        return (int)(results.TrueForAll(result => result.IsOk) ? ExitCode.Done : ExitCode.Failed);
    });
}

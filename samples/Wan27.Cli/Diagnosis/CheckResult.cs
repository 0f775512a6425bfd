namespace Wan27.Cli.Diagnosis;

/// <summary>What one check found.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="IsOk">Whether it is as it must be.</param>
/// <param name="Detail">What was found, or what to do.</param>
internal sealed record CheckResult(string Name, bool IsOk, string Detail)
{
    public override string ToString() => $"{(IsOk ? "ok    " : "failed")} {Name}: {Detail}";
}

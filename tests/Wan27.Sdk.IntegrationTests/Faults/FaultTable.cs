using System.Reflection;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>The table of faults, generated from the tests of this assembly and from the campaigns.</summary>
internal static class FaultTable
{
    public static IReadOnlyList<(FaultAttribute Fault, MethodInfo Test)> Rows { get; } =
    [
        .. new[] { typeof(FaultTable), typeof(StressTests.CampaignSize) }
            .SelectMany(type => type.Assembly.GetTypes())
            .SelectMany(type => type.GetMethods())
            .Select(test => (Fault: test.GetCustomAttribute<FaultAttribute>()!, Test: test))
            .Where(row => row.Fault is not null)
            .OrderBy(row => row.Fault.Number),
    ];

    public static string Text =>
        $"""
        # Faults, and how the SDK handles them

        Generated from the tests; each row is the test of this name. When it ends, at most one paid request has arrived completely (a request that
        was rejected with 429 and no id of a generation does not count), the call has ended within a second of its deadline, nothing was thrown but a
        `WanException` or the caller's cancellation, and neither key nor prompt nor signature is in an exception or in a log of any level. `FaultFixture`
        asserts these four conditions. The rows outside of this folder are campaigns that assert the conditions that apply to them.

        *Reconciled*: nothing is sent again. The client searches for the generation by the id in any response headers that arrived and in the log of
        the service, and returns it. If it is in neither, `WanSubmissionUnknownException` ends the call at the end of `ReconciliationTimeout`.

        | # | Fault | Methods | Behavior | In |
        |---|---|---|---|---|
        {string.Join('\n', Rows.Select(Print))}

        """;

    private static string Print((FaultAttribute Fault, MethodInfo Test) row) =>
        $"| {row.Fault.Number} | {row.Test.Name.Replace('_', ' ')} | {row.Fault.Methods} | {row.Fault.Behavior} | {row.Test.DeclaringType!.Name} |";
}

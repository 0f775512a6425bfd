using System.Reflection;

namespace Wan27.Sdk.EmulatorTests.Faults;

/// <summary>The table of faults as the tests of this assembly make it.</summary>
internal static class FaultTable
{
    public static IReadOnlyList<(FaultAttribute Fault, MethodInfo Test)> Rows { get; } =
    [
        .. typeof(FaultTable).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Select(test => (Fault: test.GetCustomAttribute<FaultAttribute>()!, Test: test))
            .Where(row => row.Fault is not null)
            .OrderBy(row => row.Fault.Number),
    ];

    public static string Text =>
        $"""
        # Faults, and what the SDK answers

        Made from the tests; each row is the test of this name. When it is over, at most one paid request has arrived whole (one turned away with 429 and no
        task's id is none), the call has ended within a second of its deadline, nothing was thrown but a `WanException` or the caller's cancellation, and
        neither key nor prompt nor signature stands in an exception or in a log of any level. `FaultBench` asserts these four; the rows outside of this folder
        are campaigns that assert what concerns them.

        *Reconciled*: nothing is sent again. The task is looked for, by the id in whatever head came and in the service's log, and returned; if it is in
        neither, `WanSubmissionUnknownException` ends the call at the end of `ReconciliationTimeout`.

        | # | fault | verbs | answer | in |
        |---|---|---|---|---|
        {string.Join('\n', Rows.Select(Print))}

        """;

    private static string Print((FaultAttribute Fault, MethodInfo Test) row) =>
        $"| {row.Fault.Number} | {row.Test.Name.Replace('_', ' ')} | {row.Fault.Verbs} | {row.Fault.Answer} | {row.Test.DeclaringType!.Name} |";
}

namespace Wan27.Sdk.TestSupport;

/// <summary>Makes a test a row of the table of faults. The fault is the name of the test.</summary>
/// <param name="number">The number of the row; a new row is added at the end.</param>
/// <param name="methods">The methods that the fault affects.</param>
/// <param name="behavior">The behavior of the SDK.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FaultAttribute(int number, string methods, string behavior) : Attribute
{
    public int Number => number;

    public string Methods => methods;

    public string Behavior => behavior;
}

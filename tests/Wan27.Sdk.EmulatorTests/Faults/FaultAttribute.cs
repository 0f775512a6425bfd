namespace Wan27.Sdk.EmulatorTests.Faults;

/// <summary>Makes a test a row of the table of faults. The fault is the name of the test.</summary>
/// <param name="number">The row; a new one goes to the end.</param>
/// <param name="verbs">The methods that the fault affects.</param>
/// <param name="answer">The behavior of the SDK.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FaultAttribute(int number, string verbs, string answer) : Attribute
{
    public int Number => number;

    public string Verbs => verbs;

    public string Answer => answer;
}

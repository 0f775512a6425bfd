namespace Wan27.Sdk.EmulatorTests.Faults;

/// <summary>Makes a test a row of the table of faults. The fault is what the test is called.</summary>
/// <param name="number">The row; a new one goes to the end.</param>
/// <param name="verbs">Which verbs meet it.</param>
/// <param name="answer">What the SDK answers.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FaultAttribute(int number, string verbs, string answer) : Attribute
{
    public int Number => number;

    public string Verbs => verbs;

    public string Answer => answer;
}

namespace Wan27.Sdk.Serialization;

/// <summary>
/// Refuses serializers that ignore the attributes of System.Text.Json, such as Newtonsoft.Json: they would write a form that this library does not
/// read. They all call the methods with the attributes of System.Runtime.Serialization first.
/// </summary>
internal static class OtherSerializer
{
    public static NotSupportedException Refusal(string type) =>
        new($"{type} can be serialized with System.Text.Json only: another serializer writes a form that the SDK cannot read.");
}

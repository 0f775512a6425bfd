namespace Wan27.Sdk.IntegrationTests.Support;

internal static class OptionsCopy
{
    public static void Copy(WanVideoClientOptions source, WanVideoClientOptions target)
    {
        foreach (var property in typeof(WanVideoClientOptions).GetProperties())
            property.SetValue(target, property.GetValue(source));
    }
}

using System.Reflection;

namespace Wan27.Sdk.Tests.Conventions;

/// <summary>What a caller of the package can see.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static Assembly Assembly { get; } = typeof(WanVideoClient).Assembly;

    public static IEnumerable<Type> Types => Assembly.GetExportedTypes();

    public static IEnumerable<Type> Records => Types.Where(type => type.GetMethod("<Clone>$") is not null);

    /// <summary>The methods that a caller uses: no accessors, operators or compiler-generated members of a record.</summary>
    public static IEnumerable<MethodInfo> MethodsOf(Type type) => type.GetMethods(Declared)
        .Where(method => (method.IsPublic || method.IsFamily) && !method.IsSpecialName && !IsGenerated(method));

    public static IEnumerable<PropertyInfo> PropertiesOf(Type type) => type.GetProperties(Declared)
        .Where(property => property.GetMethod is { IsPublic: true } && property.Name != "EqualityContract");

    public static bool IsGenerated(MemberInfo member) =>
        member.Name.Contains('<', StringComparison.Ordinal)
        || member.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is not null;

    public static bool IsInitOnly(PropertyInfo property) =>
        property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));
}

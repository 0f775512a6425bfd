using System.Reflection;

namespace Wan27.Sdk.Tests.Conventions;

/// <summary>The public surface in a readable form: each type once, its properties on one line, one method a line, no generated members.</summary>
internal static class SurfaceListing
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(string)] = "string",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(bool)] = "bool",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(byte)] = "byte",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
    };

    public static string Write() => string.Concat(
        PublicSurface.Types.GroupBy(Kind).OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => group.OrderBy(type => type.Name, StringComparer.Ordinal).SelectMany(Lines).Prepend($"\n## {group.Key}\n\n```csharp").Append("```"))
            .Prepend("Written by `SurfaceListingTests`; CONTRIBUTING.md shows how to update it. `!` is required, `*` can be set after it is created.")
            .Prepend("# The public surface of Wan27.Sdk\n")
            .Select(line => line + "\n"));

    private static string Kind(Type type) =>
        type.IsAssignableTo(typeof(Exception)) ? "Exceptions"
        : type.IsEnum || type.IsValueType ? "Values"
        : type.IsInterface || type.IsAssignableTo(typeof(IWanVideoClient)) || (type.IsAbstract && type.IsSealed) ? "Clients, interfaces and registration"
        : PublicSurface.Records.Contains(type) ? "Records" : "Other classes";

    private static IEnumerable<string> Lines(Type type)
    {
        var parent = type.BaseType is { } based && based != typeof(object) && based != typeof(ValueType) && based != typeof(Enum) ? $" : {based.Name}" : "";
        var properties = PublicSurface.PropertiesOf(type).Where(property => property.GetMethod!.GetBaseDefinition() == property.GetMethod).OrderBy(property => property.MetadataToken);
        var members = type.IsEnum ? Enum.GetNames(type) : properties.Select(Describe).Concat(Constants(type));
        yield return $"{type.Name}{parent} {{ {string.Join(", ", members)} }}".Replace("{  }", "{ }", StringComparison.Ordinal);
        foreach (var constructor in type.GetConstructors().Where(constructor => constructor.GetParameters().Length > 0))
            yield return $"    new({Parameters(constructor)})";
        foreach (var method in PublicSurface.MethodsOf(type).Where(method => method.GetBaseDefinition() == method && method.IsPublic && (method.IsStatic || IsShown(type))).OrderBy(method => method.MetadataToken))
            yield return $"    {(method.IsStatic ? "static " : "")}{Name(Nullability.Create(method.ReturnParameter))} {method.Name}({Parameters(method)})";
    }

    /// <summary>A client and a journal have only the methods of their interfaces.</summary>
    private static bool IsShown(Type type) => type != typeof(WanVideoClient) && type != typeof(FileSubmissionJournal);

    private static string Describe(PropertyInfo property)
    {
        var isRequired = property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute));
        var canBeSet = property.SetMethod is { IsPublic: true } && !PublicSurface.IsInitOnly(property);
        return $"{(property.GetMethod!.IsStatic ? "static " : "")}{Name(Nullability.Create(property))} {property.Name}{(isRequired ? "!" : "")}{(canBeSet ? "*" : "")}";
    }

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(field => $"const {Name(field.FieldType)} {field.Name}");

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(Nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? " = …" : "")}"));

    private static string Name(NullabilityInfo info)
    {
        var name = info.Type.IsGenericType && Nullable.GetUnderlyingType(info.Type) is null
            ? $"{info.Type.Name.Split('`')[0]}<{string.Join(", ", info.GenericTypeArguments.Select(Name))}>"
            : info.ElementType is { } element ? $"{Name(element)}[]" : Name(info.Type);
        return info.ReadState == NullabilityState.Nullable && !name.EndsWith('?') ? name + "?" : name;
    }

    private static string Name(Type type) =>
        Keywords.TryGetValue(type, out var keyword) ? keyword
        : Nullable.GetUnderlyingType(type) is { } value ? $"{Name(value)}?"
        : type.Name;
}

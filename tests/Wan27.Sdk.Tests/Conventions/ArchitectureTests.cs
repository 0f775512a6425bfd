using System.Reflection;

namespace Wan27.Sdk.Tests.Conventions;

public class ArchitectureTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] Middle = ["Submission", "Waiting", "Download", "Account"];

    public static TheoryData<string, string[]> Rooms { get; } = new()
    {
        { "Submission", ["Waiting", "Download", "Account", "DependencyInjection"] },
        { "Waiting", ["Submission", "Download", "Account", "DependencyInjection"] },
        { "Download", ["Submission", "Waiting", "Account", "DependencyInjection"] },
        { "Account", ["Submission", "Waiting", "Download", "DependencyInjection"] },
        { "Transport", [.. Middle, "DependencyInjection"] },
        { "Requests", [.. Middle, "DependencyInjection", "Transport", "Generations", "Diagnostics"] },
        { "Media", [.. Middle, "DependencyInjection", "Transport", "Generations", "Diagnostics", "Requests", "Words"] },
        { "Generations", [.. Middle, "DependencyInjection", "Transport", "Diagnostics", "Requests", "Media"] },
        { "Words", [.. Middle, "DependencyInjection", "Transport", "Diagnostics", "Requests", "Media", "Generations"] },
        { "Diagnostics", [.. Middle, "DependencyInjection", "Transport", "Requests", "Generations", "Media"] },
    };

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_does_not_know_what_lies_beside_or_above_it(string room, string[] unknown)
    {
        var types = PublicSurface.Assembly.GetTypes().Where(type => RoomOf(type) == room).ToList();

        Assert.NotEmpty(types);
        Assert.Empty(types.SelectMany(type => Mentioned(type).Where(other => unknown.Contains(RoomOf(other))).Select(other => $"{type} knows {other}")));
    }

    [Fact]
    public void The_library_knows_no_more_assemblies_than_the_package_brings() =>
        Assert.All(
            PublicSurface.Assembly.GetReferencedAssemblies().Select(name => name.Name!),
            name => Assert.True(
                name.StartsWith("System", StringComparison.Ordinal) || name is "Polly.Core" || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal), name));

    private static string? RoomOf(Type type) => type.Namespace?.Split('.') is ["Wan27", "Sdk", var room, ..] ? room : null;

    /// <summary>Every type in the fields, signatures, local variables and states of a type.</summary>
    private static IEnumerable<Type> Mentioned(Type type) =>
        type.GetFields(All).Select(field => field.FieldType)
            .Concat(type.GetMethods(All).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType).Concat(Locals(method))))
            .Concat(type.GetConstructors(All).SelectMany(constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType).Concat(Locals(constructor))))
            .Append(type.BaseType ?? typeof(object))
            .Concat(type.GetInterfaces())
            .SelectMany(Parts);

    private static IEnumerable<Type> Locals(MethodBase method) => method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [];

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
        : [type];
}

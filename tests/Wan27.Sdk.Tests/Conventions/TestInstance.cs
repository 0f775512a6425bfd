using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Wan27.Sdk.Tests.Conventions;

/// <summary>
/// An instance of any type with a canary in every field that may hold a secret, recognized by the field's type and name. No constructor runs, so that
/// a type that is added later needs no change here.
/// </summary>
internal static partial class TestInstance
{
    public const string Key = "canary-of-the-key";
    public const string Prompt = "canary-of-the-prompt";
    public const string Signature = "canary-of-the-signature";
    public const string Media = "canary-of-the-media";

    private const int Depth = 5;
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static object Of(Type type) => Of(type, Depth);

    /// <summary>The fields of a type and of its bases that the SDK declares.</summary>
    public static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (var declaring = type; declaring is not null && declaring.Assembly == PublicSurface.Assembly; declaring = declaring.BaseType)
        {
            foreach (var field in declaring.GetFields(Declared))
                yield return field;
        }
    }

    /// <summary>Whether text of this name is a key.</summary>
    public static bool IsKey(MemberInfo member) => KeyName().IsMatch(member.Name) || member.DeclaringType!.Name is "ApiKey";

    private static object Of(Type type, int depth)
    {
        var specimen = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var field in FieldsOf(type))
            field.SetValue(specimen, ValueOf(field.FieldType, field, depth - 1));
        return specimen;
    }

    private static object? ValueOf(Type type, FieldInfo field, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => TextOf(field),
            _ when type == typeof(Uri) => new Uri(TextOf(field) == Signature ? $"https://files.example/a.mp4?Signature={Signature}" : "https://files.example/"),
            _ when type == typeof(byte[]) => Bytes(),
            _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>(Bytes()),
            _ when type == typeof(Stream) => new MemoryStream(Bytes()),
            _ when type == typeof(Exception) => new IOException("the cause"),
            _ when type.IsAssignableTo(typeof(Delegate)) => NoOp(type),
            _ when ItemOf(type) is { } item => Several(item, field, depth),
            _ when type.Assembly == PublicSurface.Assembly && depth > 0 && Concrete(type) is { } ours => Of(ours, depth),
            _ when type.Assembly == typeof(object).Assembly && type.GetConstructor(Type.EmptyTypes) is not null => Activator.CreateInstance(type),
            { IsValueType: true } => RuntimeHelpers.GetUninitializedObject(type),
            _ => null,
        };
    }

    private static string TextOf(FieldInfo field) =>
        IsKey(field) ? Key
        : field.Name.Contains("prompt", StringComparison.OrdinalIgnoreCase) ? Prompt
        : AddressName().IsMatch(field.Name) && !field.Name.Contains("base", StringComparison.OrdinalIgnoreCase) ? Signature
        : "plain";

    private static byte[] Bytes() => Encoding.ASCII.GetBytes(Media);

    private static Type? ItemOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(IReadOnlyList<>) || open == typeof(IEnumerable<>)) ? type.GetGenericArguments()[0]
        : null;

    private static Array Several(Type item, FieldInfo field, int depth)
    {
        var one = ValueOf(item, field, depth);
        var several = Array.CreateInstance(item, one is null ? 0 : 1);
        if (one is not null)
            several.SetValue(one, 0);
        return several;
    }

    private static Type? Concrete(Type type) => !type.IsAbstract && !type.IsInterface
        ? type
        : PublicSurface.Assembly.GetTypes().FirstOrDefault(other => other is { IsAbstract: false, IsGenericTypeDefinition: false } && other.IsAssignableTo(type));

    private static Delegate NoOp(Type type)
    {
        var invoke = type.GetMethod("Invoke")!;
        return Expression.Lambda(type, Expression.Default(invoke.ReturnType), invoke.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType))).Compile();
    }

    [GeneratedRegex("api_?key|bearer|secret|authorization|password", RegexOptions.IgnoreCase)]
    private static partial Regex KeyName();

    [GeneratedRegex("ur[il]|address|query|signature|location", RegexOptions.IgnoreCase)]
    private static partial Regex AddressName();
}

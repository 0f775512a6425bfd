using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Tests.Conventions;

/// <summary>No type shows a secret when it is printed, viewed in a debugger or serialized, whoever created it and when.</summary>
public class PrintedSecretTests
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly string[] Secrets = [TestInstance.Key, TestInstance.Prompt, TestInstance.Signature, TestInstance.Media, Convert.ToBase64String(Encoding.ASCII.GetBytes(TestInstance.Media))];

    private static IEnumerable<Type> All => PublicSurface.Assembly.GetTypes().Where(type =>
        type is { IsAbstract: false, IsInterface: false, IsEnum: false, IsGenericTypeDefinition: false }
        && !type.FullName!.Contains('<', StringComparison.Ordinal) && type.Namespace?.StartsWith("Wan27", StringComparison.Ordinal) is true
        && !type.IsAssignableTo(typeof(Delegate)));

    public static TheoryData<Type> Printed { get; } =
        [.. All.Where(type => type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType is { } declaring && declaring != typeof(object) && declaring != typeof(ValueType))];

    /// <summary>JSON that a caller stores or sends: a request has its prompt, a finished generation its address, a response (never stored) its body.</summary>
    public static TheoryData<Type, string?> Serialized { get; } = [.. All.Where(IsSerialized).Select(type => (type, AllowedSecret(type)))];

    [Theory]
    [MemberData(nameof(Printed))]
    public void A_printed_object_shows_no_secret(Type type)
    {
        var printed = TestInstance.Of(type).ToString()!;

        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, printed, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Serialized))]
    public void Serialized_objects_contain_only_the_secret_that_their_reader_needs(Type type, string? reported)
    {
        var json = JsonSerializer.Serialize(TestInstance.Of(type), type);

        Assert.All(Secrets, secret => Assert.Equal(secret == reported, json.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public void No_member_shows_a_key_in_a_debugger() => Assert.All(
        All.SelectMany(type => type.GetMembers(Declared)).Where(IsKeyInText),
        member => Assert.Equal(DebuggerBrowsableState.Never, member.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State));

    [Fact]
    public void A_debugger_display_names_no_member_with_a_secret() => Assert.All(
        All.Select(type => (type, display: type.GetCustomAttribute<DebuggerDisplayAttribute>()?.Value)).Where(one => one.display is not null),
        one => Assert.DoesNotContain('{', one.display!));

    [Fact]
    public void Every_secret_was_put_in()
    {
        Assert.Contains(TestInstance.FieldsOf(typeof(ApiKey)), field => Equals(field.GetValue(TestInstance.Of(typeof(ApiKey))), TestInstance.Key));
        Assert.Equal(TestInstance.Prompt, ((TextToVideoRequest)TestInstance.Of(typeof(TextToVideoRequest))).Prompt);
        Assert.Contains(TestInstance.Signature, $"{((GeneratedVideo)TestInstance.Of(typeof(GeneratedVideo))).Uri}", StringComparison.Ordinal);
        Assert.Equal(Encoding.ASCII.GetBytes(TestInstance.Media), ((ApiResponse)TestInstance.Of(typeof(ApiResponse))).Body.ToArray());
        Assert.InRange(Printed.Count, 40, int.MaxValue);
        Assert.InRange(Serialized.Count, 40, int.MaxValue);
    }

    private static bool IsKeyInText(MemberInfo member) => TestInstance.IsKey(member) && !PublicSurface.IsGenerated(member)
        && ((member as PropertyInfo)?.PropertyType ?? (member as FieldInfo)?.FieldType) == typeof(string);

    // A type that cannot be serialized does not write a secret.
    private static bool IsSerialized(Type type)
    {
        try
        {
            return JsonSerializer.Serialize(TestInstance.Of(type), type).Length > 0;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static string? AllowedSecret(Type type) =>
        type == typeof(ApiResponse) ? Secrets[^1]
        : type.IsAssignableTo(typeof(VideoGenerationRequest)) ? TestInstance.Prompt
        : type == typeof(VideoGeneration) || type == typeof(GeneratedVideo) || type.GetProperties().Any(property => property.PropertyType == typeof(VideoGeneration)) ? TestInstance.Signature
        : null;
}

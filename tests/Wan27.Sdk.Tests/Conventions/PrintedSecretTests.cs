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

    private static readonly string[] Secrets = [Specimen.Key, Specimen.Prompt, Specimen.Signature, Specimen.Media, Convert.ToBase64String(Encoding.ASCII.GetBytes(Specimen.Media))];

    private static IEnumerable<Type> All => PublicSurface.Assembly.GetTypes().Where(type =>
        type is { IsAbstract: false, IsInterface: false, IsEnum: false, IsGenericTypeDefinition: false }
        && !type.FullName!.Contains('<', StringComparison.Ordinal) && type.Namespace?.StartsWith("Wan27", StringComparison.Ordinal) is true
        && !type.IsAssignableTo(typeof(Delegate)));

    public static TheoryData<Type> Printed { get; } =
        [.. All.Where(type => type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType is { } declaring && declaring != typeof(object) && declaring != typeof(ValueType))];

    /// <summary>JSON that a caller stores or sends: a request has its prompt, a finished generation its address, a response (never stored) its body.</summary>
    public static TheoryData<Type, string?> Serialised { get; } = [.. All.Where(IsSerialised).Select(type => (type, MayTell(type)))];

    [Theory]
    [MemberData(nameof(Printed))]
    public void A_printed_object_shows_no_secret(Type type)
    {
        var printed = Specimen.Of(type).ToString()!;

        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, printed, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Serialised))]
    public void Serialized_objects_contain_only_the_secret_that_their_reader_needs(Type type, string? told)
    {
        var json = JsonSerializer.Serialize(Specimen.Of(type), type);

        Assert.All(Secrets, secret => Assert.Equal(secret == told, json.Contains(secret, StringComparison.Ordinal)));
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
        Assert.Contains(Specimen.FieldsOf(typeof(ApiKey)), field => Equals(field.GetValue(Specimen.Of(typeof(ApiKey))), Specimen.Key));
        Assert.Equal(Specimen.Prompt, ((TextToVideoRequest)Specimen.Of(typeof(TextToVideoRequest))).Prompt);
        Assert.Contains(Specimen.Signature, $"{((GeneratedVideo)Specimen.Of(typeof(GeneratedVideo))).Uri}", StringComparison.Ordinal);
        Assert.Equal(Encoding.ASCII.GetBytes(Specimen.Media), ((ApiResponse)Specimen.Of(typeof(ApiResponse))).Body.ToArray());
        Assert.InRange(Printed.Count, 40, int.MaxValue);
        Assert.InRange(Serialised.Count, 40, int.MaxValue);
    }

    private static bool IsKeyInText(MemberInfo member) => Specimen.IsKey(member) && !PublicSurface.IsGenerated(member)
        && ((member as PropertyInfo)?.PropertyType ?? (member as FieldInfo)?.FieldType) == typeof(string);

    // Whatever cannot be written writes no secret.
    private static bool IsSerialised(Type type)
    {
        try
        {
            return JsonSerializer.Serialize(Specimen.Of(type), type).Length > 0;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static string? MayTell(Type type) =>
        type == typeof(ApiResponse) ? Secrets[^1]
        : type.IsAssignableTo(typeof(VideoGenerationRequest)) ? Specimen.Prompt
        : type == typeof(VideoGeneration) || type == typeof(GeneratedVideo) || type.GetProperties().Any(property => property.PropertyType == typeof(VideoGeneration)) ? Specimen.Signature
        : null;
}

using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Wan27.Sdk.Tests.Conventions;

public class SurfaceTests
{
    [Fact]
    public void There_are_at_most_51_public_types() => Assert.InRange(PublicSurface.Types.Count(), 30, 51);

    [Fact]
    public void All_types_are_in_one_namespace_and_registration_is_in_that_of_the_framework() =>
        Assert.All(PublicSurface.Types, type => Assert.Equal(
            type == typeof(WanVideoClientServiceCollectionExtensions) ? "Microsoft.Extensions.DependencyInjection" : "Wan27.Sdk",
            type.Namespace));

    [Fact]
    public void Async_methods_end_in_Async_and_take_an_optional_cancellation_token_last()
    {
        var methods = PublicSurface.Types.SelectMany(PublicSurface.MethodsOf).Where(method => IsAwaited(method.ReturnType)).ToList();

        Assert.True(methods.Count > 20);
        Assert.All(methods, method =>
        {
            Assert.EndsWith("Async", method.Name, StringComparison.Ordinal);
            var last = method.GetParameters()[^1];
            Assert.True(last.ParameterType == typeof(CancellationToken) && last.HasDefaultValue && last.Name == "cancellationToken", $"{method.DeclaringType}.{method.Name}");
        });
    }

    [Fact]
    public void Synchronous_methods_do_not_end_in_Async() =>
        Assert.DoesNotContain(
            PublicSurface.Types.SelectMany(PublicSurface.MethodsOf),
            method => !IsAwaited(method.ReturnType) && method.Name.EndsWith("Async", StringComparison.Ordinal));

    [Fact]
    public void Records_are_immutable()
    {
        var records = PublicSurface.Records.ToList();

        Assert.Contains(typeof(VideoGeneration), records);
        Assert.All(records.SelectMany(PublicSurface.PropertiesOf), property => Assert.True(
            property.SetMethod is null || PublicSurface.IsInitOnly(property), $"{property.DeclaringType}.{property.Name} can be changed."));
        Assert.All(records.Where(record => !record.IsAbstract), record => Assert.NotEmpty(record.GetConstructors()));
    }

    [Fact]
    public void Only_the_options_of_the_client_are_mutable() =>
        Assert.All(
            PublicSurface.Types.Where(type => type != typeof(WanVideoClientOptions)).SelectMany(PublicSurface.PropertiesOf),
            property => Assert.True(
                property.SetMethod is not { IsPublic: true } || PublicSurface.IsInitOnly(property), $"{property.DeclaringType}.{property.Name} can be changed."));

    [Fact]
    public void No_public_field_can_be_changed() =>
        Assert.DoesNotContain(
            PublicSurface.Types.SelectMany(type => type.GetFields()),
            field => field is { IsInitOnly: false, IsLiteral: false, IsSpecialName: false });

    [Fact]
    public void Every_exception_is_a_WanException_except_the_cancellation()
    {
        var exceptions = PublicSurface.Types.Where(type => type.IsAssignableTo(typeof(Exception))).ToList();

        Assert.InRange(exceptions.Count, 5, 11);
        Assert.All(exceptions, type => Assert.True(
            type == typeof(WanCanceledException) ? type.BaseType == typeof(OperationCanceledException) : type.IsAssignableTo(typeof(WanException)), type.Name));
    }

    [Fact]
    public void Every_exception_can_be_created_by_a_test() =>
        Assert.All(
            PublicSurface.Types.Where(type => type.IsAssignableTo(typeof(Exception)) && !type.IsAbstract),
            type => Assert.NotEmpty(type.GetConstructors()));

    [Fact]
    public void The_client_has_only_the_methods_of_its_interface() =>
        Assert.Equal(
            typeof(IWanVideoClient).GetMethods().Select(method => method.ToString()).Order(StringComparer.Ordinal),
            PublicSurface.MethodsOf(typeof(WanVideoClient)).Where(method => method is { IsStatic: false, Name: not "Dispose" }).Select(method => method.ToString()).Order(StringComparer.Ordinal));

    [Fact]
    public void Classes_that_are_not_designed_for_inheritance_are_sealed() =>
        Assert.All(
            PublicSurface.Types.Where(type => type is { IsClass: true, IsAbstract: false, IsSealed: false }),
            type => Assert.Equal(typeof(WanApiException), type));

    private static bool IsAwaited(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var open
            && (open == typeof(Task<>) || open == typeof(ValueTask<>) || open == typeof(IAsyncEnumerable<>)));
}

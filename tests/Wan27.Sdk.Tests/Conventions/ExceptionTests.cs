namespace Wan27.Sdk.Tests.Conventions;

/// <summary>A test of an application can create each exception with all that it contains.</summary>
public class ExceptionTests
{
    public static TheoryData<string> Types { get; } = [.. PublicSurface.Types.Where(type => type.IsAssignableTo(typeof(Exception)) && !type.IsAbstract).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_property_with_an_id_or_a_status_can_be_set(string type)
    {
        var properties = PublicSurface.Types.Single(known => known.Name == type).GetProperties()
            .Where(property => property.Name is "GenerationId" or "ClientRequestId" or "LastStatus").ToList();

        Assert.True(properties.Count >= 2, type);
        Assert.All(properties, property => Assert.True(property.SetMethod is { IsPublic: true } && PublicSurface.IsInitOnly(property), $"{type}.{property.Name}"));
    }

    [Fact]
    public void An_exception_of_a_test_has_the_message_of_a_real_one()
    {
        var e = new WanConnectionException("No response.") { GenerationId = "gen-1", ClientRequestId = "order-1", LastStatus = GenerationStatus.Generating };

        Assert.Equal("No response. Generation 'gen-1' (last status: generating) is not lost; resume with WaitAsync(\"gen-1\").", e.Message);
        Assert.Null(new WanConnectionException("No response.") { LastStatus = GenerationStatus.Unknown }.LastStatus);
    }
}

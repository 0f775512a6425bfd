using System.Reflection;
using System.Xml.Linq;

namespace Wan27.Sdk.Tests.Conventions;

public class DocumentationTests
{
    private static readonly Dictionary<string, XElement> Documented =
        XDocument.Load(Path.ChangeExtension(PublicSurface.Assembly.Location, ".xml"))
            .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    [Fact]
    public void Every_public_type_is_documented() =>
        Assert.All(PublicSurface.Types, type => AssertDocumented($"T:{type.FullName}"));

    [Fact]
    public void Every_public_property_is_documented() =>
        Assert.All(
            PublicSurface.Types.SelectMany(PublicSurface.PropertiesOf).Where(property => !IsPositional(property)),
            property => AssertDocumented($"P:{property.DeclaringType!.FullName}.{property.Name}"));

    [Fact]
    public void Every_public_method_is_documented() =>
        Assert.All(
            PublicSurface.Types.Where(type => !type.IsEnum).SelectMany(PublicSurface.MethodsOf).Where(method => method.GetBaseDefinition().DeclaringType == method.DeclaringType),
            method => Assert.True(
                Documented.Keys.Any(name => name == NameOf(method) || name.StartsWith(NameOf(method) + "(", StringComparison.Ordinal)), $"{NameOf(method)} is not documented."));

    [Fact]
    public void Every_value_of_an_enumeration_is_documented() =>
        Assert.All(
            PublicSurface.Types.Where(type => type.IsEnum).SelectMany(type => Enum.GetNames(type).Select(name => $"F:{type.FullName}.{name}")), AssertDocumented);

    [Fact]
    public void Every_parameter_of_a_record_is_documented() =>
        Assert.All(PublicSurface.Types.SelectMany(PublicSurface.PropertiesOf).Where(IsPositional), property =>
        {
            var words = Documented[$"T:{property.DeclaringType!.FullName}"].Elements("param").SingleOrDefault(param => param.Attribute("name")!.Value == property.Name);
            Assert.False(string.IsNullOrWhiteSpace(words?.Value), $"{property.DeclaringType}.{property.Name} is not documented.");
        });

    [Fact]
    public void Every_property_of_the_options_states_its_default() =>
        Assert.All(
            PublicSurface.PropertiesOf(typeof(WanVideoClientOptions)).Concat(PublicSurface.PropertiesOf(typeof(PollingOptions)).Where(property => !property.GetMethod!.IsStatic)),
            property => Assert.Contains("default", Documented[$"P:{property.DeclaringType!.FullName}.{property.Name}"].Element("value")?.Value ?? "", StringComparison.OrdinalIgnoreCase));

    private static void AssertDocumented(string name) =>
        Assert.True(
            Documented.TryGetValue(name, out var member) && (member.Element("inheritdoc") is not null || !string.IsNullOrWhiteSpace(member.Element("summary")?.Value)),
            $"{name} is not documented.");

    private static string NameOf(MethodInfo method) => $"M:{method.DeclaringType!.FullName}.{method.Name}";

    private static bool IsPositional(PropertyInfo property) =>
        property.DeclaringType!.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => parameter.Name == property.Name));
}

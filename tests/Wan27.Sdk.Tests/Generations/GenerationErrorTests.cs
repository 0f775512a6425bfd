namespace Wan27.Sdk.Tests.Generations;

public class GenerationErrorTests
{
    [Fact]
    public void An_error_has_a_name_and_a_message()
    {
        var error = ErrorOf("""{"name":"content_policy","message":"The image is not allowed."}""");

        Assert.Equal(("content_policy", "The image is not allowed."), (error.Name, error.Message));
        Assert.Equal("content_policy; The image is not allowed.", error.ToString());
    }

    [Fact]
    public void An_error_may_be_a_list_of_details_whose_input_is_left_out()
    {
        var error = ErrorOf(
            """{"detail":[{"loc":["body","image_url"],"msg":"Too small","type":"value_error","input":"canary"},{"loc":["body",0],"type":"missing"},{"msg":"odd"},"plain"]}""");

        Assert.Equal(
            [new("body.image_url", "Too small"), new("body.0", "missing"), new("", "odd"), new("", "plain")],
            error.Problems);
        Assert.Null(error.Name);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Out of memory\"", "Out of memory")]
    [InlineData("""{"detail":"Out of memory"}""", "Out of memory")]
    [InlineData("""{"message":"Out of memory","name":null}""", "Out of memory")]
    [InlineData("500", "500")]
    [InlineData("""["Out of memory"]""", """["Out of memory"]""")]
    public void An_error_may_be_plain_text(string json, string message) => Assert.Equal(message, ErrorOf(json).Message);

    [Fact]
    public void Details_of_an_unknown_shape_are_kept() =>
        Assert.Equal("""{"reason":"nsfw"}""", ErrorOf("""{"detail":{"reason":"nsfw"}}""").AdditionalProperties["detail"].GetRawText());

    [Fact]
    public void Null_is_not_an_error() => Assert.Null(Reading.Of("""{"id":"a","status":"error","error":null}""").Error);

    [Theory]
    [InlineData("queued")]
    [InlineData("completed")]
    public void An_error_beside_another_status_decides_nothing(string status)
    {
        var generation = Reading.Of($$$"""{"id":"a","status":"{{{status}}}","error":{"name":"x","message":"y"}}""");

        Assert.False(generation.Status.IsFailed);
        Assert.Equal("x", generation.Error!.Name);
    }

    private static GenerationError ErrorOf(string json) => Reading.Of($$"""{"id":"a","status":"error","error":{{json}}}""").Error!;
}

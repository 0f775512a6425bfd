namespace Wan27.Sdk.Tests.Generations;

public class StatusTests
{
    [Theory]
    [InlineData("completed")]
    [InlineData("succeeded")]
    [InlineData("COMPLETED")]
    [InlineData("Succeeded")]
    public void Success_is_completed_or_succeeded_in_any_case(string word) => AssertIs(word, isSucceeded: true, isFailed: false, isPending: false);

    [Theory]
    [InlineData("error")]
    [InlineData("failed")]
    [InlineData("cancelled")]
    [InlineData("canceled")]
    [InlineData("ERROR")]
    [InlineData("Failed")]
    public void Failure_is_error_failed_or_canceled_in_any_case(string word) => AssertIs(word, isSucceeded: false, isFailed: true, isPending: false);

    [Theory]
    [InlineData("queued")]
    [InlineData("generating")]
    [InlineData("waiting")]
    [InlineData("active")]
    [InlineData("moderating-tomorrow")]
    [InlineData("complete")]
    [InlineData(" error")]
    public void Any_other_status_is_pending_and_kept_unchanged(string word) => AssertIs(word, isSucceeded: false, isFailed: false, isPending: true);

    [Theory]
    [InlineData("""{"id":"a"}""", "unknown")]
    [InlineData("""{"id":"a","status":null}""", "unknown")]
    [InlineData("""{"id":"a","status":7}""", "7")]
    public void A_status_that_is_missing_or_odd_is_pending(string json, string value)
    {
        var status = Reading.Of(json).Status;

        Assert.True(status.IsPending);
        Assert.Equal(value, status.Value);
    }

    [Fact]
    public void A_generation_without_a_status_is_pending() => Assert.True(default(GenerationStatus).IsPending);

    [Fact]
    public void Statuses_are_compared_without_regard_to_case()
    {
        Assert.True(new GenerationStatus("COMPLETED") == GenerationStatus.Completed);
        Assert.True(new GenerationStatus("COMPLETED") != GenerationStatus.Queued);
        Assert.Equal(new GenerationStatus("Queued").GetHashCode(), GenerationStatus.Queued.GetHashCode());
    }

    private static void AssertIs(string word, bool isSucceeded, bool isFailed, bool isPending)
    {
        var status = Reading.Of($$"""{"id":"a","status":"{{word}}"}""").Status;

        Assert.Equal((isSucceeded, isFailed, isPending), (status.IsSucceeded, status.IsFailed, status.IsPending));
        Assert.Equal(word, status.Value);
    }
}

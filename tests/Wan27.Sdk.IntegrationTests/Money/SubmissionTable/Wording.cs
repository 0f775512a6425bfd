using Xunit;

namespace Wan27.Sdk.IntegrationTests.Money.SubmissionTable;

internal static class Wording
{
    /// <summary>A message about an unknown outcome must not call it free or recommend a new purchase.</summary>
    public static void AssertCareful(WanSubmissionUnknownException e)
    {
        foreach (var promise in new[] { "not charged", "not be charged", "try again", "retry", "resubmit" })
            Assert.DoesNotContain(promise, e.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(e.ClientRequestId!, e.Message, StringComparison.Ordinal);
        Assert.Contains("FindGenerationsAsync", e.Message, StringComparison.Ordinal);
        Assert.NotEmpty(e.Evidence);
    }
}

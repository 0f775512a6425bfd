using Wan27.Sdk.Errors;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults.Bench;

/// <summary>One reply in place of every response of a kind, and what each method then has to do.</summary>
internal static class ReplacedResponse
{
    private const int Attempts = 4;

    /// <summary>Loses the response to a paid request: found in the log, otherwise unknown, and never sent again. A read is made again.</summary>
    /// <param name="reply">The reply in place of the response.</param>
    /// <param name="phase">How far the paid request got.</param>
    /// <param name="mostReads">How many reads there are at most, where each meets it: the transport makes some again by itself.</param>
    public static async Task LosesResponsesAsync<TReadError>(Reply reply, SubmissionPhase phase, int mostReads = Attempts)
        where TReadError : WanException
    {
        var stall = reply.IsSlow ? FaultFixture.Attempt : TimeSpan.Zero;
        await IsFoundInLogAsync(reply, stall);
        await IsUnknownAsync(reply, phase, stall);
        await IsReadAgainAsync(reply, stall);
        var error = await EndsReadsAsync<TReadError>(reply, stall, mostReads: mostReads);
        Assert.Equal(FaultFixture.GenerationId, error.GenerationId);
    }

    public static async Task IsFoundInLogAsync(Reply reply, TimeSpan stall = default)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = request => request.Method == "POST" ? reply : null;

        var generation = await fixture.SucceedsAsync(Call.Create, stall);

        Assert.Equal((FaultFixture.GenerationId, "order-1", 1), (generation.Id, generation.ClientRequestId, fixture.Server.CompleteSubmissions));
    }

    public static async Task IsUnknownAsync(Reply reply, SubmissionPhase phase, TimeSpan stall = default)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.KeepsLog = false;
        fixture.Server.Replacement = request => request.Method == "POST" ? reply : null;

        var error = await fixture.FailsAsync<WanSubmissionUnknownException>(Call.Create, stall + FaultFixture.Search);

        Assert.Equal(("order-1", phase, 1), (error.ClientRequestId, error.Phase, fixture.Server.CompleteSubmissions));
    }

    public static async Task IsReadAgainAsync(Reply reply, TimeSpan stall = default)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = request => fixture.Server.Reads.Count() == 1 ? reply : null;

        var generation = await fixture.SucceedsAsync(Call.Get, stall + FaultFixture.Retries);

        Assert.Equal((FaultFixture.GenerationId, 2), (generation.Id, fixture.Server.Reads.Count()));
    }

    public static async Task<TError> EndsReadsAsync<TError>(Reply reply, TimeSpan stall = default, int reads = Attempts, int mostReads = Attempts)
        where TError : WanException
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => reply;

        var error = await fixture.FailsAsync<TError>(Call.Get, (reads * stall) + FaultFixture.Retries);

        Assert.InRange(fixture.Server.Reads.Count(), reads, Math.Max(reads, mostReads));
        return error;
    }
}

using Wan27.Sdk.Errors;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Faults.Bench;

/// <summary>One reply in place of every response of a kind, and what each method then has to do.</summary>
internal static class Spoilt
{
    private const int Attempts = 4;

    /// <summary>Loses the response to a paid request: found in the log, otherwise unknown, and never sent again. A read is made again.</summary>
    /// <param name="reply">The reply in place of the response.</param>
    /// <param name="phase">How far the paid request got.</param>
    /// <param name="mostReads">How many reads there are at most, where each meets it: the transport makes some again by itself.</param>
    public static async Task LosesAnswersAsync<TReadError>(Reply reply, SubmissionPhase phase, int mostReads = Attempts)
        where TReadError : WanException
    {
        var silence = reply.IsSlow ? FaultBench.Attempt : TimeSpan.Zero;
        await IsFoundInLogAsync(reply, silence);
        await IsUnknownAsync(reply, phase, silence);
        await IsReadAgainAsync(reply, silence);
        var error = await EndsReadsAsync<TReadError>(reply, silence, mostReads: mostReads);
        Assert.Equal(FaultBench.TaskId, error.GenerationId);
    }

    public static async Task IsFoundInLogAsync(Reply reply, TimeSpan silence = default)
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = request => request.Method == "POST" ? reply : null;

        var generation = await bench.SucceedsAsync(Call.Create, silence);

        Assert.Equal((FaultBench.TaskId, "order-1", 1), (generation.Id, generation.ClientRequestId, bench.Server.CompleteSubmissions));
    }

    public static async Task IsUnknownAsync(Reply reply, SubmissionPhase phase, TimeSpan silence = default)
    {
        await using var bench = FaultBench.Start();
        bench.Server.KeepsLog = false;
        bench.Server.Spoil = request => request.Method == "POST" ? reply : null;

        var error = await bench.FailsAsync<WanSubmissionUnknownException>(Call.Create, silence + FaultBench.Search);

        Assert.Equal(("order-1", phase, 1), (error.ClientRequestId, error.Phase, bench.Server.CompleteSubmissions));
    }

    public static async Task IsReadAgainAsync(Reply reply, TimeSpan silence = default)
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = request => bench.Server.Reads.Count() == 1 ? reply : null;

        var generation = await bench.SucceedsAsync(Call.Get, silence + FaultBench.Retries);

        Assert.Equal((FaultBench.TaskId, 2), (generation.Id, bench.Server.Reads.Count()));
    }

    public static async Task<TError> EndsReadsAsync<TError>(Reply reply, TimeSpan silence = default, int reads = Attempts, int mostReads = Attempts)
        where TError : WanException
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = _ => reply;

        var error = await bench.FailsAsync<TError>(Call.Get, (reads * silence) + FaultBench.Retries);

        Assert.InRange(bench.Server.Reads.Count(), reads, Math.Max(reads, mostReads));
        return error;
    }
}

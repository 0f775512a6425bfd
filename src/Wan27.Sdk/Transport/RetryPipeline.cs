using System.Diagnostics.CodeAnalysis;
using Polly;
using Polly.Retry;

namespace Wan27.Sdk.Transport;

/// <summary>The retries of submissions and reads: after <see cref="Backoff.OfRequests"/>, or after what the service asks for within a minute.</summary>
internal static class RetryPipeline
{
    /// <param name="maxRetries">Retries after the first attempt.</param>
    /// <param name="mayRetry">Whether the outcome allows a retry at all.</param>
    /// <param name="serverDelay">How long the service asks to wait; null for none.</param>
    /// <param name="retrying">Called before the pause.</param>
    /// <param name="budget">What a storm drains.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Where the jitter comes from.</param>
    public static ResiliencePipeline<T> Create<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        int maxRetries,
        Func<Outcome<T>, bool> mayRetry,
        Func<Outcome<T>, TimeSpan?> serverDelay,
        Action<Outcome<T>, TimeSpan> retrying,
        RetryBudget budget,
        TimeProvider time,
        Random random) =>
        new ResiliencePipelineBuilder<T> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<T>
            {
                MaxRetryAttempts = maxRetries,
                ShouldHandle = args => ValueTask.FromResult(
                    args.AttemptNumber < maxRetries
                    && mayRetry(args.Outcome)
                    && !(serverDelay(args.Outcome) > RetryAfterHeader.Longest)
                    && budget.TryTake(afterTimeout: args.Outcome.Exception is WanConnectionException)),
                DelayGenerator = args => ValueTask.FromResult(serverDelay(args.Outcome) ?? (TimeSpan?)Backoff.OfRequests.Delay(args.AttemptNumber, random)),
                OnRetry = args =>
                {
                    retrying(args.Outcome, args.RetryDelay);
                    return default;
                },
            })
            .Build();
}

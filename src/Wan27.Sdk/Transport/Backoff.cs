using System.Diagnostics.CodeAnalysis;
using Polly;
using Polly.Retry;

namespace Wan27.Sdk.Transport;

/// <summary>The backoff of submissions and reads: exponential from 0.5 s to 8 s with jitter, or what the service asks for within a minute.</summary>
internal static class Backoff
{
    /// <param name="maxRetries">Retries after the first attempt.</param>
    /// <param name="mayRetry">Whether the outcome allows a retry at all.</param>
    /// <param name="serverDelay">How long the service asks to wait; null for none.</param>
    /// <param name="retrying">Called before the pause.</param>
    /// <param name="budget">What a storm drains.</param>
    /// <param name="time">Where the delays come from.</param>
    public static ResiliencePipeline<T> Pipeline<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        int maxRetries,
        Func<Outcome<T>, bool> mayRetry,
        Func<Outcome<T>, TimeSpan?> serverDelay,
        Action<Outcome<T>, TimeSpan> retrying,
        RetryBudget budget,
        TimeProvider time) =>
        new ResiliencePipelineBuilder<T> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<T>
            {
                MaxRetryAttempts = maxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(0.5),
                MaxDelay = TimeSpan.FromSeconds(8),
                ShouldHandle = args => ValueTask.FromResult(
                    args.AttemptNumber < maxRetries
                    && mayRetry(args.Outcome)
                    && !(serverDelay(args.Outcome) > RetryAfterHeader.Longest)
                    && budget.TryTake(afterSilence: args.Outcome.Exception is WanConnectionException)),
                DelayGenerator = args => ValueTask.FromResult(serverDelay(args.Outcome)),
                OnRetry = args =>
                {
                    retrying(args.Outcome, args.RetryDelay);
                    return default;
                },
            })
            .Build();
}

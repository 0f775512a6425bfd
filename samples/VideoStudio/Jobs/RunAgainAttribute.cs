using Hangfire.Common;
using Hangfire.States;

namespace VideoStudio.Jobs;

/// <summary>Runs a job again after the time that it returns. It holds no thread until then, and its failures are counted from 0.</summary>
internal sealed class RunAgainAttribute : JobFilterAttribute, IElectStateFilter
{
    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is not SucceededState { Result: TimeSpan delay })
            return;
        context.SetJobParameter(GenerationJob.RetryCount, 0);
        context.CandidateState = delay > TimeSpan.Zero ? new ScheduledState(delay) : new EnqueuedState();
    }
}

using Wan27.Sdk.Emulator.Generations;

namespace Wan27.Sdk.Emulator;

/// <summary>
/// What happened, for a test to assert on. Each property is a snapshot taken when it is read, and does not change afterwards.
/// Safe to read from any thread.
/// </summary>
public sealed class EmulatorLedger
{
    private readonly GenerationStore generations;
    private readonly object gate = new();
    private readonly List<EmulatorRequest> requests = [];
    private int completeSubmissionBodies;

    internal EmulatorLedger(GenerationStore generations) => this.generations = generations;

    /// <summary>Every request that arrived, on the API's origin and on the files', in order of arrival.</summary>
    public IReadOnlyList<EmulatorRequest> Requests
    {
        get
        {
            lock (gate)
                return [.. requests];
        }
    }

    /// <summary>Every generation accepted, in order of acceptance.</summary>
    public IReadOnlyList<EmulatorSubmission> Submissions => generations.Submissions;

    /// <summary>Every charge so far, in order of completion.</summary>
    public IReadOnlyList<EmulatorCharge> Charges => generations.Charges;

    /// <summary>The sum of <see cref="Charges"/>, in US dollars.</summary>
    public decimal TotalCharged => generations.TotalCharged;

    /// <summary>What is left on the account, in US dollars: the starting balance less <see cref="TotalCharged"/>.</summary>
    public decimal Balance => generations.Balance;

    /// <summary>
    /// How many whole bodies of a submission arrived, accepted or not, answered or not. On the real service each of them
    /// may have become a generation: this is the number to hold at one.
    /// </summary>
    public int CompleteSubmissionBodies
    {
        get
        {
            lock (gate)
                return completeSubmissionBodies;
        }
    }

    // By path and not by operation: a submission that a redirect took to the other origin has left the client all the same.
    private static bool IsCompleteSubmission(EmulatorRequest request) =>
        request is { Method: "POST", IsBodyComplete: true, Path: Api.Routes.Generations };

    internal EmulatorRequest Add(EmulatorRequest request)
    {
        lock (gate)
        {
            requests.Add(request with { Number = requests.Count + 1 });
            return requests[^1];
        }
    }

    internal EmulatorRequest Update(EmulatorRequest request)
    {
        lock (gate)
        {
            if (IsCompleteSubmission(request) && !IsCompleteSubmission(requests[request.Number - 1]))
                completeSubmissionBodies++;
            return requests[request.Number - 1] = request;
        }
    }
}

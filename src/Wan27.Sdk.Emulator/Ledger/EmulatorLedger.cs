using Wan27.Sdk.Emulator.Generations;

namespace Wan27.Sdk.Emulator;

/// <summary>
/// The requests, submissions and charges of an emulator, for assertions in tests. Each property returns a snapshot. All members
/// are thread-safe.
/// </summary>
public sealed class EmulatorLedger
{
    private readonly GenerationStore generations;
    private readonly object gate = new();
    private readonly List<EmulatorRequest> requests = [];
    private int completeSubmissionBodies;

    internal EmulatorLedger(GenerationStore generations) => this.generations = generations;

    /// <summary>Gets the requests to all addresses of the emulator, in order of arrival.</summary>
    public IReadOnlyList<EmulatorRequest> Requests
    {
        get
        {
            lock (gate)
                return [.. requests];
        }
    }

    /// <summary>Gets the accepted submissions, in order of acceptance.</summary>
    public IReadOnlyList<EmulatorSubmission> Submissions => generations.Submissions;

    /// <summary>Gets the charges, in order of completion.</summary>
    public IReadOnlyList<EmulatorCharge> Charges => generations.Charges;

    /// <summary>Gets the sum of <see cref="Charges"/>.</summary>
    /// <value>The sum in US dollars.</value>
    public decimal TotalCharged => generations.TotalCharged;

    /// <summary>Gets the balance of the account.</summary>
    /// <value>
    /// <see cref="WanEmulatorOptions.Balance"/> minus <see cref="TotalCharged"/>, in US dollars.
    /// </value>
    public decimal Balance => generations.Balance;

    /// <summary>Gets the number of complete submission bodies that were received, whether or not they were accepted.</summary>
    /// <remarks>
    /// At the service, each of them can create a generation. A client that submits once should send exactly one.
    /// </remarks>
    public int CompleteSubmissionBodies
    {
        get
        {
            lock (gate)
                return completeSubmissionBodies;
        }
    }

    // By path instead of operation, so that submissions which a redirect sends to another origin are included.
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

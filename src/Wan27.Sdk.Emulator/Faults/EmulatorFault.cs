using Wan27.Sdk.Emulator.Faults;
using Wan27.Sdk.Emulator.Api;

namespace Wan27.Sdk.Emulator;

/// <summary>
/// Something that goes wrong: <b>what</b> (the factory it comes from), for <b>which requests</b> (<see cref="On"/>, <see cref="When"/>),
/// <b>before or after</b> a submission is accepted (<see cref="BeforeAccepting"/>, <see cref="AfterAccepting"/>) and
/// <b>how often</b> (<see cref="Times"/>, <see cref="Always"/>, <see cref="AtRate"/>). Immutable: each call returns a changed copy.
/// </summary>
/// <remarks>
/// Unless told otherwise a fault meets the next request that it is meant for, once. Faults that replace an answer come before
/// acceptance, so that no generation is made, except <see cref="Html"/>; faults that spoil one come after it, so that the generation exists and costs money.
/// </remarks>
public sealed partial record EmulatorFault
{
    private readonly string name;

    private EmulatorFault(string name) => this.name = name;

    internal EmulatorOperations Operations { get; private init; } = EmulatorOperations.All & ~EmulatorOperations.File;

    internal Func<EmulatorRequest, bool> Predicate { get; private init; } = _ => true;

    internal bool IsAfterAccepting { get; private init; } = true;

    /// <summary>How many requests it will still meet, or all of them.</summary>
    internal int? Remaining { get; private init; } = 1;

    internal double Rate { get; private init; } = 1;

    /// <summary>What it does to the circumstances.</summary>
    internal Func<EndpointBehavior, EndpointBehavior> ChangeBehavior { get; private init; } = behavior => behavior;

    /// <summary>What it does to the answer.</summary>
    internal Func<EmulatedResponse, EmulatedResponse> ChangeResponse { get; private init; } = answer => answer;

    /// <summary>For these requests only.</summary>
    /// <param name="operations">One or several. Default: what the factory is about, else everything but files.</param>
    public EmulatorFault On(EmulatorOperations operations) => this with { Operations = operations };

    /// <summary>For requests that pass this test as well.</summary>
    /// <param name="predicate">Sees the request with its body; runs under a lock, so keep it short.</param>
    /// <exception cref="ArgumentNullException"><paramref name="predicate"/> is null.</exception>
    public EmulatorFault When(Func<EmulatorRequest, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        var earlier = Predicate;
        return this with { Predicate = request => earlier(request) && predicate(request) };
    }

    /// <summary>A submission that meets it makes no generation.</summary>
    public EmulatorFault BeforeAccepting() => this with { IsAfterAccepting = false };

    /// <summary>A submission that meets it has made its generation: the answer is spoilt, the money will be spent.</summary>
    public EmulatorFault AfterAccepting() => this with { IsAfterAccepting = true };

    /// <summary>Meets the next so many requests.</summary>
    /// <param name="count">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public EmulatorFault Times(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return this with { Remaining = count };
    }

    /// <summary>Meets every request until <see cref="EmulatorFaults.Clear"/>.</summary>
    public EmulatorFault Always() => this with { Remaining = null };

    /// <summary>Meets requests by chance, drawn from <see cref="WanEmulatorOptions.Seed"/>, without end.</summary>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is outside 0 to 1.</exception>
    public EmulatorFault AtRate(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is 0 to 1.");
        return this with { Rate = probability, Remaining = null };
    }

    /// <summary>Does what another one does, too. Which requests, when and how often stay this one's.</summary>
    /// <param name="other">Applied after this one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public EmulatorFault And(EmulatorFault other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (change, alter) = (ChangeBehavior, ChangeResponse);
        return new EmulatorFault($"{name} and {other.name}")
        {
            Operations = Operations,
            Predicate = Predicate,
            IsAfterAccepting = IsAfterAccepting,
            Remaining = Remaining,
            Rate = Rate,
            ChangeBehavior = behavior => other.ChangeBehavior(change(behavior)),
            ChangeResponse = answer => other.ChangeResponse(alter(answer)),
        };
    }

    /// <summary>Sets a header of the answer.</summary>
    /// <param name="header">The header's name.</param>
    /// <param name="value">Its value, or null to leave the header out.</param>
    public EmulatorFault WithHeader(string header, string? value) => Then(answer => answer.WithHeader(header, value));

    /// <summary>Says <c>x-inference-id</c> on the answer: the id of the generation, if there is one, else an id that nothing has.</summary>
    public EmulatorFault WithInferenceId() => Then(answer => answer.WithHeader(Api.HeaderNames.InferenceId, answer.InferenceId));

    /// <summary>Leaves <c>x-inference-id</c> out of the answer.</summary>
    public EmulatorFault WithoutInferenceId() => WithHeader(Api.HeaderNames.InferenceId, null);

    /// <summary>What it is, for a failed test to print.</summary>
    public override string ToString() => name;

    internal bool IsFor(EmulatorRequest request) => Operations.HasFlag(request.Operation) && Predicate(request);

    private EmulatorFault Then(Func<EmulatedResponse, EmulatedResponse> next)
    {
        var alter = ChangeResponse;
        return this with { ChangeResponse = answer => next(alter(answer)) };
    }
}

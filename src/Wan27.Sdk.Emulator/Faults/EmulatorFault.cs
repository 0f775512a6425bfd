using Wan27.Sdk.Emulator.Api;
using Wan27.Sdk.Emulator.Faults;

namespace Wan27.Sdk.Emulator;

/// <summary>
/// A fault that the emulator injects into matching requests. The factory method defines what happens; <see cref="On"/> and
/// <see cref="When"/> select the requests; <see cref="BeforeAccepting"/> and <see cref="AfterAccepting"/> define whether a
/// submission creates a generation; <see cref="Times"/>, <see cref="Always"/> and <see cref="AtRate"/> define how often.
/// </summary>
/// <remarks>
/// By default, a fault affects the next matching request, once. A fault that replaces the response occurs before the submission
/// is accepted, so that no generation is created; <see cref="Html"/> is an exception. A fault that modifies the response or
/// interrupts the connection occurs after the submission is accepted, so that the generation exists and costs money. A fault is
/// immutable: each method returns a changed copy.
/// </remarks>
public sealed partial record EmulatorFault
{
    private readonly string name;

    private EmulatorFault(string name) => this.name = name;

    internal EmulatorOperations Operations { get; private init; } = EmulatorOperations.All & ~EmulatorOperations.File;

    internal Func<EmulatorRequest, bool> Predicate { get; private init; } = _ => true;

    internal bool IsAfterAccepting { get; private init; } = true;

    /// <summary>Gets the number of requests that the fault still affects, or null for no limit.</summary>
    internal int? Remaining { get; private init; } = 1;

    internal double Rate { get; private init; } = 1;

    internal Func<EndpointBehavior, EndpointBehavior> ChangeBehavior { get; private init; } = behavior => behavior;

    internal Func<EmulatedResponse, EmulatedResponse> ChangeResponse { get; private init; } = response => response;

    /// <summary>Limits the fault to requests of some operations.</summary>
    /// <param name="operations">
    /// The operations. The default depends on the factory method: the log, the models or the files if the fault is specific to
    /// them, and otherwise all operations except <see cref="EmulatorOperations.File"/>.
    /// </param>
    /// <returns>A copy of the fault.</returns>
    public EmulatorFault On(EmulatorOperations operations) => this with { Operations = operations };

    /// <summary>Limits the fault to requests that match a predicate, in addition to previous conditions.</summary>
    /// <param name="predicate">
    /// The predicate. Its argument contains the body of the request. It is invoked under a lock and must return quickly.
    /// </param>
    /// <returns>A copy of the fault.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="predicate"/> is <see langword="null"/>.</exception>
    public EmulatorFault When(Func<EmulatorRequest, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        var previous = Predicate;
        return this with { Predicate = request => previous(request) && predicate(request) };
    }

    /// <summary>Makes the fault occur before a submission is accepted, so that no generation is created.</summary>
    /// <returns>A copy of the fault.</returns>
    public EmulatorFault BeforeAccepting() => this with { IsAfterAccepting = false };

    /// <summary>Makes the fault occur after a submission is accepted, so that the generation exists and costs money.</summary>
    /// <returns>A copy of the fault.</returns>
    public EmulatorFault AfterAccepting() => this with { IsAfterAccepting = true };

    /// <summary>Sets the number of requests that the fault affects.</summary>
    /// <param name="count">The number of requests, 1 or more.</param>
    /// <returns>A copy of the fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public EmulatorFault Times(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return this with { Remaining = count };
    }

    /// <summary>Makes the fault affect each matching request until <see cref="EmulatorFaults.Clear"/> is called.</summary>
    /// <returns>A copy of the fault.</returns>
    public EmulatorFault Always() => this with { Remaining = null };

    /// <summary>
    /// Makes the fault affect matching requests at random until <see cref="EmulatorFaults.Clear"/> is called. The random numbers
    /// depend on <see cref="WanEmulatorOptions.Seed"/>.
    /// </summary>
    /// <param name="probability">The probability for each request, between 0 and 1.</param>
    /// <returns>A copy of the fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="probability"/> is less than 0, greater than 1, or not a number.
    /// </exception>
    public EmulatorFault AtRate(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(probability), probability, "The probability must be between 0 and 1.");
        }

        return this with { Rate = probability, Remaining = null };
    }

    /// <summary>Combines the effects of two faults. The conditions and the frequency of this fault apply.</summary>
    /// <param name="other">The fault whose effect is applied after the effect of this fault.</param>
    /// <returns>A fault with both effects.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is <see langword="null"/>.</exception>
    public EmulatorFault And(EmulatorFault other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (changeBehavior, changeResponse) = (ChangeBehavior, ChangeResponse);
        return new EmulatorFault($"{name} and {other.name}")
        {
            Operations = Operations,
            Predicate = Predicate,
            IsAfterAccepting = IsAfterAccepting,
            Remaining = Remaining,
            Rate = Rate,
            ChangeBehavior = behavior => other.ChangeBehavior(changeBehavior(behavior)),
            ChangeResponse = response => other.ChangeResponse(changeResponse(response)),
        };
    }

    /// <summary>Sets or removes a header of the response.</summary>
    /// <param name="header">The name of the header.</param>
    /// <param name="value">The value of the header, or <see langword="null"/> to remove it.</param>
    /// <returns>A copy of the fault.</returns>
    public EmulatorFault WithHeader(string header, string? value) => Then(response => response.WithHeader(header, value));

    /// <summary>
    /// Adds <c>x-inference-id</c> to the response. The value is the id of the generation, or an id without a generation if the
    /// request has none.
    /// </summary>
    /// <returns>A copy of the fault.</returns>
    public EmulatorFault WithInferenceId() =>
        Then(response => response.WithHeader(HeaderNames.InferenceId, response.InferenceId));

    /// <summary>Removes <c>x-inference-id</c> from the response.</summary>
    /// <returns>A copy of the fault.</returns>
    public EmulatorFault WithoutInferenceId() => WithHeader(HeaderNames.InferenceId, null);

    /// <summary>Returns a short description of the fault for test output.</summary>
    /// <returns>The description.</returns>
    public override string ToString() => name;

    internal bool Matches(EmulatorRequest request) => Operations.HasFlag(request.Operation) && Predicate(request);

    private EmulatorFault Then(Func<EmulatedResponse, EmulatedResponse> next)
    {
        var previous = ChangeResponse;
        return this with { ChangeResponse = response => next(previous(response)) };
    }
}

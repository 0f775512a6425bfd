using System.Diagnostics;

namespace Wan27.Sdk.Diagnostics;

/// <summary>The spans of a trace: started only if there is a listener, and ended without changing the current span of the caller.</summary>
internal static class Spans
{
    public const string Submit = "wan27.submit";
    public const string Reconcile = "wan27.reconcile";
    public const string Wait = "wan27.wait";
    public const string Poll = "wan27.poll";
    public const string Download = "wan27.download";

    /// <summary>An event within whichever of them.</summary>
    public const string Retry = "wan27.retry";

    public static readonly string? Version = typeof(Spans).Assembly.GetName().Version?.ToString(3);

    private static readonly ActivitySource Source = new(WanVideoClient.ActivitySourceName, Version);

    public static bool AreWanted => Source.HasListeners();

    /// <summary>Gets the current span, if it is one of this library; otherwise null.</summary>
    public static Activity? Current => Activity.Current is { } current && current.Source == Source ? current : null;

    /// <summary>Gets the span of the generation in which this runs; null for none.</summary>
    public static Activity? CurrentGeneration => Current is { Kind: ActivityKind.Client } generation ? generation : null;

    /// <summary>Starts the span of a generation, with the name of the conventions for generative AI.</summary>
    public static Activity? BeginGeneration(string model, TagList tags) => AreWanted
        ? Source.StartActivity(ActivityKind.Client, default, tags, name: $"{Attributes.GenerateContent} {model}")
        : null;

    /// <summary>Begins a part of what is current, or of another span.</summary>
    public static Activity? Begin(string name, TagList tags, ActivityContext parent = default) =>
        AreWanted ? Source.StartActivity(name, ActivityKind.Internal, parent, tags) : null;

    /// <summary>
    /// Starts a later part of something that was started at <paramref name="origin"/>: as its child, or, where the caller is in the midst of
    /// another trace, as a part of that one with a link.
    /// </summary>
    public static Activity? BeginLater(string name, TagList tags, ActivityContext origin) =>
        Activity.Current is { } current && origin != default && current.TraceId != origin.TraceId && AreWanted
            ? Source.StartActivity(name, ActivityKind.Internal, current.Context, tags, [new ActivityLink(origin)])
            : Begin(name, tags, origin);

    public static void Fail(this Activity span, Exception e)
    {
        span.SetTag(Attributes.ErrorType, Reasons.ErrorType(e));
        span.SetStatus(ActivityStatusCode.Error, Reasons.Of(e));
    }

    /// <summary>Ends a span, which may have been started in another flow than this one.</summary>
    public static void End(this Activity span)
    {
        var current = Activity.Current;
        span.Dispose();
        if (current != span)
            Activity.Current = current;
    }
}

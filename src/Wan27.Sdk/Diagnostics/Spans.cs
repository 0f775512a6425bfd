using System.Diagnostics;

namespace Wan27.Sdk.Diagnostics;

/// <summary>The spans of a trace: begun only where somebody listens, and ended without touching what is current in the caller's flow.</summary>
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

    /// <summary>The span of ours in which this runs; null in a caller's or in none.</summary>
    public static Activity? Current => Activity.Current is { } current && current.Source == Source ? current : null;

    /// <summary>The span of the whole generation in which this runs, if it does.</summary>
    public static Activity? CurrentGeneration => Current is { Kind: ActivityKind.Client } generation ? generation : null;

    /// <summary>Begins the span of a whole generation, named as the conventions for generative AI have it.</summary>
    public static Activity? BeginGeneration(string model, TagList tags) => AreWanted
        ? Source.StartActivity(ActivityKind.Client, default, tags, name: $"{Attributes.GenerateContent} {model}")
        : null;

    /// <summary>Begins a part of what is current, or of another span.</summary>
    public static Activity? Begin(string name, TagList tags, ActivityContext parent = default) =>
        AreWanted ? Source.StartActivity(name, ActivityKind.Internal, parent, tags) : null;

    /// <summary>
    /// Begins a later part of something that was begun at <paramref name="origin"/>: as its child, or, where the caller is in the midst of
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

    /// <summary>Ends a span, which may have been begun in another flow than this one.</summary>
    public static void End(this Activity span)
    {
        var current = Activity.Current;
        span.Dispose();
        if (current != span)
            Activity.Current = current;
    }
}

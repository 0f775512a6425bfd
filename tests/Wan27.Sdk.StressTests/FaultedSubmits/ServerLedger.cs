namespace Wan27.Sdk.StressTests.FaultedSubmits;

/// <summary>What really happened to one logical submission: the truth that the client's outcome is held against.</summary>
internal sealed class ServerLedger
{
    public List<AcceptedGeneration> Accepted { get; } = [];

    public int Posts { get; set; }

    public int CompleteBodies { get; private set; }

    /// <summary>The bytes of a body that arrived after a complete one that the service had not refused.</summary>
    public int SecondBodies { get; private set; }

    public int ReplaysRefused { get; set; }

    /// <summary>Whether a complete body arrived that the service has not refused.</summary>
    public bool IsUnclear { get; private set; }

    public void BodyBegan()
    {
        if (IsUnclear)
            SecondBodies++;
    }

    public void BodyArrived()
    {
        CompleteBodies++;
        IsUnclear = true;
    }

    /// <summary>The service has reported that no generation exists.</summary>
    public void Refused() => IsUnclear = false;
}

/// <summary>A generation that exists and costs money.</summary>
/// <param name="Id">The id of the generation.</param>
/// <param name="ClientRequestId">The id under which it was submitted.</param>
/// <param name="AcceptedAt">The time of acceptance, by the true clock.</param>
/// <param name="ReadableFrom">The time from which it can be read by its id.</param>
/// <param name="ListedFrom">The time from which the log has its row; the end of time if never.</param>
internal sealed record AcceptedGeneration(
    string Id, string ClientRequestId, DateTimeOffset AcceptedAt, DateTimeOffset ReadableFrom, DateTimeOffset ListedFrom);

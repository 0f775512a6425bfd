using System.Text;
using System.Web;

namespace Wan27.Sdk.StressTests.FaultedSubmits;

// The free reads: a generation by its id, and the log.
internal sealed partial class HostileServer
{
    private const int PageLength = 100;

    /// <summary>Reads fail for as long as the client has time to try again; a client that still polls at the deadline gets its response.</summary>
    private bool MayFail => clock.GetUtcNow() < latestPost + deadline - TimeSpan.FromSeconds(1);

    private async Task<HttpResponseMessage> ReadAsync(Func<HttpResponseMessage> read, CancellationToken cancellationToken)
    {
        if (!MayFail || random.NextDouble() >= behavior.ReadFaultRate)
            return read();
        return random.Next(9) switch
        {
            0 => throw Broken("Connection reset by peer."),
            1 => throw Broken("The response ended prematurely.", HttpRequestError.ResponseEnded),
            2 => await NeverAsync<HttpResponseMessage>(cancellationToken),
            3 => Respond(200, """{"data":[{"inference_id":"""),
            4 => Respond(200, "<html></html>", "text/html"),
            5 => Respond(200, ""),
            6 => Respond(429, Problem(429)),
            7 => BreaksOff(Respond(200, ""), stalls: Toss()),
            _ => Respond(Among(408, 500, 502, 503, 504), Problem(503)),
        };
    }

    private HttpResponseMessage Generation(string query)
    {
        if (behavior.Unreadable is { } status && !IsRecovered)
            return Respond(status, Problem(status));
        var id = HttpUtility.ParseQueryString(query)["generation_id"];
        var known = id == "somebody-elses" || Ledger.Accepted.Any(accepted => accepted.Id == id && accepted.ReadableFrom <= clock.GetUtcNow());
        return known ? Traced(Respond(200, $$"""{"id":"{{id}}","status":"generating"}"""), id) : Respond(404, Problem(404));
    }

    private HttpResponseMessage Log(string query)
    {
        var asked = HttpUtility.ParseQueryString(query);
        var offset = int.Parse(asked["offset"]!, Invariant);
        var (start, end) = Window(asked);
        var matching = Ledger.Accepted
            .Where(accepted => accepted.ListedFrom <= clock.GetUtcNow())
            .Where(accepted => Created(accepted) >= start && Created(accepted) <= end)
            .SelectMany(accepted => Enumerable.Repeat(Row(accepted.Id, $"\"{accepted.ClientRequestId}\""), behavior.ListsTwice ? 2 : 1));
        var rows = Enumerable.Range(0, behavior.RowsOfOthers).Select(RowOfAnother).Concat(matching).ToList();
        var page = string.Join(',', rows.Skip(offset).Take(PageLength));
        var more = offset + PageLength < rows.Count ? "true" : "false";
        return Respond(200, new StringBuilder("{\"data\":[").Append(page).Append("],\"pagination\":{\"has_more\":").Append(more).Append("}}").ToString());
    }

    private DateTimeOffset Created(AcceptedGeneration accepted) => accepted.AcceptedAt + behavior.ClockSkew;

    private (DateTimeOffset Start, DateTimeOffset End) Window(System.Collections.Specialized.NameValueCollection asked)
    {
        var now = clock.GetUtcNow() + behavior.ClockSkew;
        return asked["period"] switch
        {
            "24h" => (now.AddHours(-24), now),
            "7d" => (now.AddDays(-7), now),
            _ => (DateTimeOffset.Parse(asked["start"]!, Invariant), DateTimeOffset.Parse(asked["end"]!, Invariant)),
        };
    }

    private static string Row(string id, string clientRequestId) =>
        $$"""{"status":"succeeded","inference_id":"{{id}}","client_request_id":{{clientRequestId}}}""";

    /// <summary>Rows whose id almost matches: no id at all, the same id in capitals, the id with a suffix.</summary>
    private string RowOfAnother(int number)
    {
        var matching = Ledger.Accepted.Count == 0 ? "x" : Ledger.Accepted[0].ClientRequestId;
        return Row("somebody-elses", (number % 4) switch
        {
            0 => "null",
            1 => $"\"{(matching.Any(char.IsLower) ? matching.ToUpperInvariant() : "X")}\"",
            2 => $"\"{matching}0\"",
            _ => $"\" {matching}\"",
        });
    }
}

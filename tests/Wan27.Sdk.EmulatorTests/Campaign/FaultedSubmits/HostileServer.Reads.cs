using System.Text;
using System.Web;

namespace Wan27.Sdk.EmulatorTests.Campaign.FaultedSubmits;

// The free reads: a generation by its id, and the log.
internal sealed partial class HostileServer
{
    private const int PageLength = 100;

    /// <summary>Reads fail for as long as the client has time to try again; a client that still polls at the deadline gets its response.</summary>
    private bool MayFail => clock.GetUtcNow() < latestPost + deadline - TimeSpan.FromSeconds(1);

    private async Task<HttpResponseMessage> ReadAsync(Func<HttpResponseMessage> read, CancellationToken cancellationToken)
    {
        if (!MayFail || random.NextDouble() >= habits.ReadFaultRate)
            return read();
        return random.Next(9) switch
        {
            0 => throw Broken("Connection reset by peer."),
            1 => throw Broken("The response ended prematurely.", HttpRequestError.ResponseEnded),
            2 => await NeverAsync<HttpResponseMessage>(cancellationToken),
            3 => Answer(200, """{"data":[{"inference_id":"""),
            4 => Answer(200, "<html></html>", "text/html"),
            5 => Answer(200, ""),
            6 => Answer(429, Problem(429)),
            7 => BreaksOff(Answer(200, ""), inSilence: Toss()),
            _ => Answer(Among(408, 500, 502, 503, 504), Problem(503)),
        };
    }

    private HttpResponseMessage Generation(string query)
    {
        if (habits.Unreadable is { } status && !IsHealed)
            return Answer(status, Problem(status));
        var id = HttpUtility.ParseQueryString(query)["generation_id"];
        var known = id == "somebody-elses" || Ledger.Accepted.Any(task => task.Id == id && task.ReadableFrom <= clock.GetUtcNow());
        return known ? Traced(Answer(200, $$"""{"id":"{{id}}","status":"generating"}"""), id) : Answer(404, Problem(404));
    }

    private HttpResponseMessage Log(string query)
    {
        var asked = HttpUtility.ParseQueryString(query);
        var offset = int.Parse(asked["offset"]!, Invariant);
        var (start, end) = Window(asked);
        var ours = Ledger.Accepted
            .Where(task => task.ListedFrom <= clock.GetUtcNow())
            .Where(task => Created(task) >= start && Created(task) <= end)
            .SelectMany(task => Enumerable.Repeat(Row(task.Id, $"\"{task.ClientRequestId}\""), habits.ListsTwice ? 2 : 1));
        var rows = Enumerable.Range(0, habits.RowsOfOthers).Select(RowOfAnother).Concat(ours).ToList();
        var page = string.Join(',', rows.Skip(offset).Take(PageLength));
        var more = offset + PageLength < rows.Count ? "true" : "false";
        return Answer(200, new StringBuilder("{\"data\":[").Append(page).Append("],\"pagination\":{\"has_more\":").Append(more).Append("}}").ToString());
    }

    private DateTimeOffset Created(AcceptedTask task) => task.AcceptedAt + habits.ClockSkew;

    private (DateTimeOffset Start, DateTimeOffset End) Window(System.Collections.Specialized.NameValueCollection asked)
    {
        var now = clock.GetUtcNow() + habits.ClockSkew;
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
        var ours = Ledger.Accepted.Count == 0 ? "x" : Ledger.Accepted[0].ClientRequestId;
        return Row("somebody-elses", (number % 4) switch
        {
            0 => "null",
            1 => $"\"{(ours.Any(char.IsLower) ? ours.ToUpperInvariant() : "X")}\"",
            2 => $"\"{ours}0\"",
            _ => $"\" {ours}\"",
        });
    }
}

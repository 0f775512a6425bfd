using System.Net;
using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Emulator;

public sealed class LogTests
{
    [Fact]
    public async Task Rows_come_newest_first_with_both_ids_and_pages_by_offset()
    {
        await using var host = await EmulatorHost.StartAsync();
        var ids = await AcceptThreeAsync(host);

        var first = await host.GetJsonAsync("v2/logs?period=24h&limit=2");
        var second = await host.GetJsonAsync("v2/logs?period=24h&limit=2&offset=2");

        Assert.Equal([ids[2], ids[1]], Ids(first));
        Assert.Equal([ids[0]], Ids(second));
        Assert.Equal("c2", (string?)first["data"]![0]!["client_request_id"]);
        Assert.True((bool)first["pagination"]!["has_more"]!);
        Assert.False((bool)second["pagination"]!["has_more"]!);
        Assert.Equal(3, (int)second["pagination"]!["total"]!);
    }

    [Fact]
    public async Task A_window_a_model_and_a_status_choose_rows()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Emulator.Script(EmulatorScript.FailWith("n", "m"));
        var failed = await host.AcceptAsync();
        host.Clock.Advance(TimeSpan.FromHours(2));
        var recent = await host.AcceptAsync();

        Assert.Equal([recent], Ids(await host.GetJsonAsync("v2/logs?period=1h")));
        Assert.Equal([failed], Ids(await host.GetJsonAsync("v2/logs?status=failed")));
        Assert.Equal([failed], Ids(await host.GetJsonAsync("v2/logs?start=2026-07-01T11:00:00Z&end=2026-07-01T13:00:00Z")));
        Assert.Empty(Ids(await host.GetJsonAsync("v2/logs?model=other")));
    }

    [Theory]
    [InlineData("period=24h&start=2026-07-01T11:00:00Z&end=2026-07-01T13:00:00Z")]
    [InlineData("start=2026-01-01T00:00:00Z&end=2026-07-01T00:00:00Z")]
    [InlineData("start=2026-07-01T00:00:00Z")]
    [InlineData("period=yesterday")]
    [InlineData("limit=101")]
    [InlineData("offset=-1")]
    [InlineData("status=done")]
    public async Task A_query_outside_the_rules_is_a_bad_request(string query)
    {
        await using var host = await EmulatorHost.StartAsync();

        using var answer = await host.GetAsync($"v2/logs?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_two_hundred_and_first_read_in_a_minute_is_too_many()
    {
        await using var host = await EmulatorHost.StartAsync();
        for (var read = 0; read < 200; read++)
            (await host.GetAsync("v2/logs")).EnsureSuccessStatusCode().Dispose();

        using var refused = await host.GetAsync("v2/logs");
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        using var later = await host.GetAsync("v2/logs");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task Rows_may_be_late_and_may_wait_for_the_end()
    {
        await using var host = await EmulatorHost.StartAsync(o => (o.LogDelay, o.LogRunningGenerations) = (TimeSpan.FromMinutes(1), false));
        var id = await host.AcceptAsync();

        host.Clock.Advance(TimeSpan.FromSeconds(63));
        Assert.Empty(Ids(await host.GetJsonAsync("v2/logs")));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([id], Ids(await host.GetJsonAsync("v2/logs")));
    }

    [Fact]
    public async Task Rows_can_be_late_duplicated_shifted_or_without_the_client_id()
    {
        await using var host = await EmulatorHost.StartAsync();
        var ids = await AcceptThreeAsync(host);
        host.Emulator.Faults.Add(
            EmulatorFault.LateLogRows(TimeSpan.FromMinutes(1)),
            EmulatorFault.DuplicatedLogRows(),
            EmulatorFault.LogRowsWithoutClientId(),
            EmulatorFault.ShiftedLogRows(1),
            EmulatorFault.ShiftedLogRows(-1));

        Assert.Empty(Ids(await host.GetJsonAsync("v2/logs")));
        Assert.Equal(6, Ids(await host.GetJsonAsync("v2/logs")).Length);
        Assert.Null((await host.GetJsonAsync("v2/logs"))["data"]![0]!["client_request_id"]);
        Assert.Equal([ids[0]], Ids(await host.GetJsonAsync("v2/logs?limit=1&offset=1")));
        Assert.Equal([ids[2]], Ids(await host.GetJsonAsync("v2/logs?limit=1&offset=1")));
        Assert.Equal([ids[1]], Ids(await host.GetJsonAsync("v2/logs?limit=1&offset=1")));
    }

    private static async Task<string[]> AcceptThreeAsync(EmulatorHost host)
    {
        var ids = new string[3];
        for (var number = 0; number < 3; number++)
        {
            ids[number] = await host.AcceptAsync(clientRequestId: $"c{number}");
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return ids;
    }

    private static string[] Ids(JsonNode page) => [.. page["data"]!.AsArray().Select(row => (string)row!["inference_id"]!)];
}

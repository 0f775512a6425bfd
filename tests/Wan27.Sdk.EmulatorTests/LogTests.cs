using System.Net;
using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests;

public sealed class LogTests
{
    [Fact]
    public async Task Rows_are_listed_newest_first_with_both_ids_and_paged_by_offset()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var ids = await CreateThreeGenerationsAsync(fixture);

        var first = await fixture.GetJsonAsync("v2/logs?period=24h&limit=2");
        var second = await fixture.GetJsonAsync("v2/logs?period=24h&limit=2&offset=2");

        Assert.Equal([ids[2], ids[1]], GetIds(first));
        Assert.Equal([ids[0]], GetIds(second));
        Assert.Equal("c2", (string?)first["data"]![0]!["client_request_id"]);
        Assert.True((bool)first["pagination"]!["has_more"]!);
        Assert.False((bool)second["pagination"]!["has_more"]!);
        Assert.Equal(3, (int)second["pagination"]!["total"]!);
    }

    [Fact]
    public async Task Rows_are_filtered_by_time_model_and_status()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.FailWith("n", "m"));
        var failed = await fixture.CreateGenerationAsync();
        fixture.Clock.Advance(TimeSpan.FromHours(2));
        var recent = await fixture.CreateGenerationAsync();

        Assert.Equal([recent], GetIds(await fixture.GetJsonAsync("v2/logs?period=1h")));
        Assert.Equal([failed], GetIds(await fixture.GetJsonAsync("v2/logs?status=failed")));
        Assert.Equal([failed], GetIds(await fixture.GetJsonAsync("v2/logs?start=2026-07-01T11:00:00Z&end=2026-07-01T13:00:00Z")));
        Assert.Empty(GetIds(await fixture.GetJsonAsync("v2/logs?model=other")));
    }

    [Theory]
    [InlineData("period=24h&start=2026-07-01T11:00:00Z&end=2026-07-01T13:00:00Z")]
    [InlineData("start=2026-01-01T00:00:00Z&end=2026-07-01T00:00:00Z")]
    [InlineData("start=2026-07-01T00:00:00Z")]
    [InlineData("period=yesterday")]
    [InlineData("limit=101")]
    [InlineData("offset=-1")]
    [InlineData("status=done")]
    public async Task An_invalid_query_is_a_bad_request(string query)
    {
        await using var fixture = await EmulatorFixture.StartAsync();

        using var response = await fixture.GetAsync($"v2/logs?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_201st_read_within_a_minute_is_rejected()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        for (var read = 0; read < 200; read++)
            (await fixture.GetAsync("v2/logs")).EnsureSuccessStatusCode().Dispose();

        using var refused = await fixture.GetAsync("v2/logs");
        fixture.Clock.Advance(TimeSpan.FromSeconds(60));
        using var later = await fixture.GetAsync("v2/logs");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task Rows_can_be_delayed_and_can_exclude_running_generations()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options =>
        {
            options.LogDelay = TimeSpan.FromMinutes(1);
            options.LogRunningGenerations = false;
        });
        var id = await fixture.CreateGenerationAsync();

        fixture.Clock.Advance(TimeSpan.FromSeconds(63));
        Assert.Empty(GetIds(await fixture.GetJsonAsync("v2/logs")));
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([id], GetIds(await fixture.GetJsonAsync("v2/logs")));
    }

    [Fact]
    public async Task Faults_delay_duplicate_and_shift_rows_and_remove_client_request_ids()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var ids = await CreateThreeGenerationsAsync(fixture);
        fixture.Emulator.Faults.Add(
            EmulatorFault.LateLogRows(TimeSpan.FromMinutes(1)),
            EmulatorFault.DuplicatedLogRows(),
            EmulatorFault.LogRowsWithoutClientId(),
            EmulatorFault.ShiftedLogRows(1),
            EmulatorFault.ShiftedLogRows(-1));

        Assert.Empty(GetIds(await fixture.GetJsonAsync("v2/logs")));
        Assert.Equal(6, GetIds(await fixture.GetJsonAsync("v2/logs")).Length);
        Assert.Null((await fixture.GetJsonAsync("v2/logs"))["data"]![0]!["client_request_id"]);
        Assert.Equal([ids[0]], GetIds(await fixture.GetJsonAsync("v2/logs?limit=1&offset=1")));
        Assert.Equal([ids[2]], GetIds(await fixture.GetJsonAsync("v2/logs?limit=1&offset=1")));
        Assert.Equal([ids[1]], GetIds(await fixture.GetJsonAsync("v2/logs?limit=1&offset=1")));
    }

    private static async Task<string[]> CreateThreeGenerationsAsync(EmulatorFixture fixture)
    {
        var ids = new string[3];
        for (var number = 0; number < 3; number++)
        {
            ids[number] = await fixture.CreateGenerationAsync(clientRequestId: $"c{number}");
            fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return ids;
    }

    private static string[] GetIds(JsonNode page) => [.. page["data"]!.AsArray().Select(row => (string)row!["inference_id"]!)];
}

using System.Net.Sockets;
using System.Text;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests;

public sealed class ConnectionFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_response_can_be_interrupted_at_each_byte(bool byReset)
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options.Balance = 10_000);
        var complete = (await RawConnection.SubmitAsync(fixture)).Bytes.Length;

        for (var offset = 0; offset < complete; offset++)
        {
            fixture.Emulator.Faults.Add(byReset ? EmulatorFault.ResetAt(offset) : EmulatorFault.CloseAt(offset));
            var (bytes, wasReset) = await RawConnection.SubmitAsync(fixture);
            Assert.Equal((offset, byReset), (bytes.Length, wasReset));
        }

        Assert.Empty(fixture.Emulator.Faults.Pending);
        Assert.Equal(complete + 1, fixture.Emulator.Ledger.Submissions.Count);
        Assert.Equal(complete + 1, fixture.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task An_interruption_after_the_response_does_not_affect_the_next_response()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.ResetAt(2000));

        _ = await fixture.CreateGenerationAsync();
        for (var count = 0; count < 20; count++)
            _ = await fixture.CreateGenerationAsync();

        Assert.Equal(21, fixture.Emulator.Ledger.Submissions.Count);
    }

    [Fact]
    public async Task A_connection_fault_after_accepting_creates_a_generation_and_before_does_not()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.ResetAt(0).BeforeAccepting(), EmulatorFault.CloseAt(0).AfterAccepting());

        var before = await RawConnection.SubmitAsync(fixture);
        Assert.Empty(fixture.Emulator.Ledger.Submissions);
        var after = await RawConnection.SubmitAsync(fixture);

        Assert.Equal((0, true), (before.Bytes.Length, before.WasReset));
        Assert.Equal((0, false), (after.Bytes.Length, after.WasReset));
        Assert.Equal([null, null], fixture.Emulator.Ledger.Requests.Select(request => request.Status));
        Assert.Equal(fixture.Emulator.Ledger.Submissions.Single().Id, fixture.Emulator.Ledger.Requests[1].GenerationId);
    }

    [Fact]
    public async Task A_stall_ends_after_its_duration()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.StallAt(20, TimeSpan.FromMinutes(1)));
        using var connection = await RawConnection.OpenAsync(fixture.Emulator.BaseAddress);
        await connection.SendSubmissionAsync(fixture);

        var first = new byte[100];
        Assert.Equal(20, await connection.ReadAsync(first));
        var rest = connection.ReadToEndAsync();
        Assert.False(rest.IsCompleted);
        await AdvanceUntilAsync(fixture, TimeSpan.FromMinutes(1), rest);

        byte[] response = [.. first[..20], .. (await rest).Bytes];
        Assert.StartsWith("HTTP/1.1 201 Created", Encoding.ASCII.GetString(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_infinite_stall_ends_when_the_emulator_is_disposed()
    {
        var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.StallAt(0));
        using var connection = await RawConnection.OpenAsync(fixture.Emulator.BaseAddress);
        await connection.SendSubmissionAsync(fixture);
        var response = connection.ReadToEndAsync();

        await fixture.DisposeAsync();

        Assert.Empty((await response.WaitAsync(TimeSpan.FromSeconds(20), Cancellation)).Bytes);
    }

    [Fact]
    public async Task A_slow_response_pauses_for_a_second_after_each_chunk()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Slow(100));
        using var connection = await RawConnection.OpenAsync(fixture.Emulator.BaseAddress);
        await connection.SendSubmissionAsync(fixture);
        var buffer = new byte[1000];

        Assert.Equal(100, await connection.ReadAsync(buffer));
        var second = connection.ReadAsync(buffer);
        Assert.False(second.IsCompleted);
        await AdvanceUntilAsync(fixture, TimeSpan.FromSeconds(1), second);
        Assert.True(await second > 0);
    }

    [Fact]
    public async Task Raw_bytes_replace_the_response()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Raw("HTTP/9 garbage\r\n"));

        var (bytes, wasReset) = await RawConnection.SubmitAsync(fixture);

        Assert.Equal("HTTP/9 garbage\r\n", Encoding.ASCII.GetString(bytes));
        Assert.False(wasReset);
    }

    [Fact]
    public async Task The_kernel_refuses_connections_until_the_result_is_disposed()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        _ = await fixture.CreateGenerationAsync();

        await using (await fixture.Emulator.RefuseConnectionsAsync())
        {
            for (var attempt = 0; attempt < 3; attempt++)
            {
                var refused = await Assert.ThrowsAsync<SocketException>(
                    () => RawConnection.OpenAsync(fixture.Emulator.BaseAddress));
                Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
            }

            _ = await Assert.ThrowsAsync<HttpRequestException>(() => fixture.SubmitAsync());
        }

        _ = await fixture.CreateGenerationAsync();
        Assert.Equal(2, fixture.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task Start_throws_if_the_port_is_in_use()
    {
        await using var fixture = await EmulatorFixture.StartAsync();

        var port = fixture.Emulator.BaseAddress.Port;
        _ = await Assert.ThrowsAsync<IOException>(() => EmulatorFixture.StartAsync(options => options.Port = port));
    }

    [Fact]
    public async Task Connections_can_be_refused_for_the_files_only()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var url = await fixture.CompleteGenerationAsync();

        await using var refusal = await fixture.Emulator.RefuseConnectionsAsync(fixture.Emulator.FilesAddress);

        _ = await Assert.ThrowsAsync<HttpRequestException>(() => fixture.Files.GetAsync(url, Cancellation));
        _ = await fixture.CreateGenerationAsync();
    }

    [Fact]
    public async Task An_incomplete_body_is_not_counted_as_a_submission()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using (var connection = await RawConnection.OpenAsync(fixture.Emulator.BaseAddress))
        {
            await connection.SendAsync(RawConnection.CreateHeaders(fixture, 500) + EmulatorFixture.TextToVideo);
            while (fixture.Emulator.Ledger.Requests.Count == 0)
                await Task.Yield();
        }

        // After the emulator is disposed, the request is no longer running.
        await fixture.Emulator.DisposeAsync();

        var request = Assert.Single(fixture.Emulator.Ledger.Requests);
        Assert.False(request.IsBodyComplete);
        Assert.Null(request.Status);
        Assert.Equal(0, fixture.Emulator.Ledger.CompleteSubmissionBodies);
        Assert.Empty(fixture.Emulator.Ledger.Submissions);
    }

    [Fact]
    public async Task A_body_that_arrives_byte_by_byte_is_accepted()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var body = ValidationTests.CreateValidBody("i2v").ToJsonString();
        using var connection = await RawConnection.OpenAsync(fixture.Emulator.BaseAddress);
        await connection.SendAsync(RawConnection.CreateHeaders(fixture, body.Length, "Connection: close\r\n"));
        foreach (var character in body)
            await connection.SendAsync(character.ToString());

        var (bytes, _) = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 201", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
    }

    // The emulator starts its timer on another thread, so the clock advances until the operation completes.
    private static async Task AdvanceUntilAsync(EmulatorFixture fixture, TimeSpan step, Task operation)
    {
        while (!operation.IsCompleted)
        {
            fixture.Clock.Advance(step);
            await Task.Yield();
        }
    }
}

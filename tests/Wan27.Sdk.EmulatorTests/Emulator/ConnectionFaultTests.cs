using System.Net.Sockets;
using System.Text;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Emulator;

public sealed class ConnectionFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_can_be_cut_at_every_byte(bool byReset)
    {
        await using var host = await EmulatorHost.StartAsync(o => o.Balance = 10_000);
        var whole = (await RawConnection.SubmitAsync(host)).Bytes.Length;

        for (var offset = 0; offset < whole; offset++)
        {
            host.Emulator.Faults.Add(byReset ? EmulatorFault.ResetAt(offset) : EmulatorFault.CloseAt(offset));
            var (bytes, wasReset) = await RawConnection.SubmitAsync(host);
            Assert.Equal((offset, byReset), (bytes.Length, wasReset));
        }

        Assert.Empty(host.Emulator.Faults.Pending);
        Assert.Equal(whole + 1, host.Emulator.Ledger.Submissions.Count);
        Assert.Equal(whole + 1, host.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task A_cut_beyond_the_answer_does_not_reach_the_next_one()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Emulator.Faults.Add(EmulatorFault.ResetAt(2000));

        _ = await host.AcceptAsync();
        for (var answer = 0; answer < 20; answer++)
            _ = await host.AcceptAsync();

        Assert.Equal(21, host.Emulator.Ledger.Submissions.Count);
    }

    [Fact]
    public async Task A_connection_dropped_before_accepting_leaves_no_task_and_one_after_it_leaves_one()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Emulator.Faults.Add(EmulatorFault.ResetAt(0).BeforeAccepting(), EmulatorFault.CloseAt(0).AfterAccepting());

        var before = await RawConnection.SubmitAsync(host);
        Assert.Empty(host.Emulator.Ledger.Submissions);
        var after = await RawConnection.SubmitAsync(host);

        Assert.Equal((0, true), (before.Bytes.Length, before.WasReset));
        Assert.Equal((0, false), (after.Bytes.Length, after.WasReset));
        Assert.Equal([null, null], host.Emulator.Ledger.Requests.Select(request => request.Status));
        Assert.Equal(host.Emulator.Ledger.Submissions.Single().Id, host.Emulator.Ledger.Requests[1].GenerationId);
    }

    [Fact]
    public async Task A_stall_lasts_as_long_as_the_clock_says()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Emulator.Faults.Add(EmulatorFault.StallAt(20, TimeSpan.FromMinutes(1)));
        using var connection = await RawConnection.OpenAsync(host.Emulator.BaseAddress);
        await connection.SendAsync(RawConnection.Head(host, EmulatorHost.TextToVideo.Length, "Connection: close\r\n") + EmulatorHost.TextToVideo);

        var first = new byte[100];
        Assert.Equal(20, await connection.ReadAsync(first));
        var rest = connection.ReadToEndAsync();
        Assert.False(rest.IsCompleted);
        await AdvanceUntilAsync(host, TimeSpan.FromMinutes(1), rest);

        Assert.StartsWith("HTTP/1.1 201 Created", Encoding.ASCII.GetString(first) + Encoding.ASCII.GetString((await rest).Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_stall_ends_with_the_emulator()
    {
        var host = await EmulatorHost.StartAsync();
        host.Emulator.Faults.Add(EmulatorFault.StallAt(0));
        using var connection = await RawConnection.OpenAsync(host.Emulator.BaseAddress);
        await connection.SendAsync(RawConnection.Head(host, EmulatorHost.TextToVideo.Length) + EmulatorHost.TextToVideo);
        var answer = connection.ReadToEndAsync();

        await host.DisposeAsync();

        Assert.Empty((await answer.WaitAsync(TimeSpan.FromSeconds(20), Cancellation)).Bytes);
    }

    [Fact]
    public async Task A_slow_answer_takes_a_second_for_each_portion()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Emulator.Faults.Add(EmulatorFault.Slow(100));
        using var connection = await RawConnection.OpenAsync(host.Emulator.BaseAddress);
        await connection.SendAsync(RawConnection.Head(host, EmulatorHost.TextToVideo.Length, "Connection: close\r\n") + EmulatorHost.TextToVideo);
        var buffer = new byte[1000];

        Assert.Equal(100, await connection.ReadAsync(buffer));
        var second = connection.ReadAsync(buffer);
        Assert.False(second.IsCompleted);
        await AdvanceUntilAsync(host, TimeSpan.FromSeconds(1), second);
        Assert.True(await second > 0);
    }

    [Fact]
    public async Task Raw_bytes_take_the_place_of_an_answer()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Emulator.Faults.Add(EmulatorFault.Raw("HTTP/9 garbage\r\n"));

        var (bytes, wasReset) = await RawConnection.SubmitAsync(host);

        Assert.Equal("HTTP/9 garbage\r\n", Encoding.ASCII.GetString(bytes));
        Assert.False(wasReset);
    }

    [Fact]
    public async Task Connections_are_refused_by_the_kernel_until_the_refusal_ends()
    {
        await using var host = await EmulatorHost.StartAsync();
        _ = await host.AcceptAsync();

        await using (await host.Emulator.RefuseConnectionsAsync())
        {
            for (var attempt = 0; attempt < 3; attempt++)
            {
                var refused = await Assert.ThrowsAsync<SocketException>(() => RawConnection.OpenAsync(host.Emulator.BaseAddress));
                Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
            }

            _ = await Assert.ThrowsAsync<HttpRequestException>(() => host.SubmitAsync());
        }

        _ = await host.AcceptAsync();
        Assert.Equal(2, host.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_at_the_start()
    {
        await using var host = await EmulatorHost.StartAsync();

        _ = await Assert.ThrowsAsync<IOException>(() => EmulatorHost.StartAsync(o => o.Port = host.Emulator.BaseAddress.Port));
    }

    [Fact]
    public async Task The_files_alone_can_be_out_of_reach()
    {
        await using var host = await EmulatorHost.StartAsync();
        var url = await host.CompleteAsync();

        await using var refusal = await host.Emulator.RefuseConnectionsAsync(host.Emulator.FilesAddress);

        _ = await Assert.ThrowsAsync<HttpRequestException>(() => host.Files.GetAsync(url, Cancellation));
        _ = await host.AcceptAsync();
    }

    [Fact]
    public async Task Half_a_body_is_no_submission()
    {
        await using var host = await EmulatorHost.StartAsync();
        using (var connection = await RawConnection.OpenAsync(host.Emulator.BaseAddress))
        {
            await connection.SendAsync(RawConnection.Head(host, 500) + EmulatorHost.TextToVideo);
            while (host.Emulator.Ledger.Requests.Count == 0)
                await Task.Yield();
        }

        // Once it is stopped, the last request has been dealt with.
        await host.Emulator.DisposeAsync();

        var request = Assert.Single(host.Emulator.Ledger.Requests);
        Assert.False(request.IsBodyComplete);
        Assert.Null(request.Status);
        Assert.Equal(0, host.Emulator.Ledger.CompleteSubmissionBodies);
        Assert.Empty(host.Emulator.Ledger.Submissions);
    }

    [Fact]
    public async Task A_body_in_single_bytes_is_read_as_one()
    {
        await using var host = await EmulatorHost.StartAsync();
        var body = ValidationTests.Valid("i2v").ToJsonString();
        using var connection = await RawConnection.OpenAsync(host.Emulator.BaseAddress);
        await connection.SendAsync(RawConnection.Head(host, body.Length, "Connection: close\r\n"));
        foreach (var character in body)
            await connection.SendAsync(character.ToString());

        var (bytes, _) = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 201", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
    }

    // The emulator sets its timer on another thread: the clock is moved until it has.
    private static async Task AdvanceUntilAsync(EmulatorHost host, TimeSpan step, Task done)
    {
        while (!done.IsCompleted)
        {
            host.Clock.Advance(step);
            await Task.Yield();
        }
    }
}

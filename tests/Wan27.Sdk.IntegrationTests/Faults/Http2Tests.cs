using Wan27.Sdk.Errors;
using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>A service and a file host that break the rules of HTTP/2. A generation that exists is returned, or its submission's id is in the error.</summary>
public sealed class Http2Tests
{
    private const string Secret = $"{Secrets.Canary}-of-a-trailer";
    private const int Refused = 7;
    private const int Canceled = 8;

    // Longer than the window that a stream begins with, and shorter than what waits to be asked for.
    private const int LargerThanWindow = 100_001;
    private const int WaitsToBeAsked = 1_500_000;

    private static readonly TimeSpan FileRetries = TimeSpan.FromMinutes(4);

    /// <summary>What a service does after it has accepted a request and before it responds, or while it does.</summary>
    private static readonly Dictionary<string, Func<Http2Exchange, Task>> AfterBody = new()
    {
        ["GOAWAY that includes the request, and FIN"] = async exchange =>
        {
            await exchange.GoAwayAsync(exchange.Id, 0, Secret);
            exchange.Connection.Close(isReset: false);
        },
        ["GOAWAY that includes the request, and a reset"] = async exchange =>
        {
            await exchange.GoAwayAsync(exchange.Id, 0, Secret);
            exchange.Connection.Close(isReset: true);
        },
        ["GOAWAY that excludes the request"] = exchange => exchange.GoAwayAsync(0, 0, Secret),
        ["GOAWAY with ENHANCE_YOUR_CALM"] = exchange => exchange.GoAwayAsync(0, 11, Secret),
        ["GOAWAY that is cut short"] = exchange => exchange.Connection.SendAsync(Http2Frame.GoAway, 0, 0, new byte[3]),
        ["1,000 headers"] = exchange => exchange.HeadersAsync(201, isEnd: false, [.. Enumerable.Range(0, 1_000).Select(i => ($"x-{Secret}-{i}", new string('a', 100)))]),
        ["a header of 1 MB"] = exchange => exchange.HeadersAsync(201, isEnd: false, ("x-long", $"{Secret}{new string('a', 1_000_000)}")),
        ["CONTINUATION without end"] = async exchange =>
        {
            await exchange.Connection.SendAsync(Http2Frame.Headers, 0, exchange.Id, Http2Frame.Block([(":status", "201")]));
            while (true)
                await exchange.Connection.SendAsync(Http2Frame.Continuation, 0, exchange.Id, Http2Frame.Block([("x-more", new string('a', 10_000))]));
        },
        ["a header block that cannot be decoded"] = exchange => exchange.BlockAsync([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], isEnd: false),
        ["headers without a status"] = exchange => exchange.BlockAsync(Http2Frame.Block([("x-a", Secret)]), isEnd: false),
        ["a status that is no number"] = exchange => exchange.BlockAsync(Http2Frame.Block([(":status", Secret)]), isEnd: false),
        ["a status of 101"] = async exchange =>
        {
            await exchange.HeadersAsync(101);
            await exchange.ResetAsync(Canceled);
        },
        ["a header with a line break"] = exchange => exchange.HeadersAsync(201, isEnd: true, ("x-a", $"a\r\n{Secret}")),
        ["a header whose name is no token"] = exchange => exchange.HeadersAsync(201, isEnd: false, ($"x {Secret}", "a")),
        ["headers and no body"] = exchange => exchange.HeadersAsync(201, isEnd: true),
        ["data before the headers"] = exchange => exchange.DataAsync(Secret, isEnd: true),
        ["data on stream 0"] = exchange => exchange.Connection.SendAsync(Http2Frame.Data, 0, 0, new byte[10]),
        ["a frame that is longer than agreed"] = exchange => exchange.Connection.SendRawAsync((byte[])[0xFF, 0xFF, 0xFF, 0, 0, .. Http2Frame.Int(exchange.Id)]),
        ["a frame on a stream that does not exist"] = exchange => exchange.Connection.SendAsync(Http2Frame.Headers, 4, 99, new byte[1]),
        ["a promise"] = exchange => exchange.Connection.SendAsync(Http2Frame.PushPromise, 4, exchange.Id, (byte[])[.. Http2Frame.Int(2), .. Http2Frame.Block([(":path", Secret)])]),
        ["a window that overflows"] = exchange => exchange.Connection.SendAsync(Http2Frame.WindowUpdate, 0, exchange.Id, Http2Frame.Int(int.MaxValue)),
        ["settings that are not allowed"] = exchange => exchange.Connection.SendAsync(Http2Frame.Settings, 0, 0, new byte[] { 0, 4, 0xFF, 0xFF, 0xFF, 0xFF }),
        ["more than was announced"] = exchange => exchange.RespondAsync(201, $"{Http2Exchange.Created} {Secret}", ("content-length", "10")),
        ["no protocol at all"] = async exchange =>
        {
            await exchange.Connection.SendRawAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 400 {Secret}\r\n\r\n"));
            exchange.Connection.Close(isReset: false);
        },
    };

    public static TheoryData<string> AfterBodyNames => [.. AfterBody.Keys];

    [Theory]
    [MemberData(nameof(AfterBodyNames))]
    public async Task After_the_body_the_generation_is_searched_for_and_nothing_sent_again(string what)
    {
        foreach (var isGuarded in new[] { true, false })
        {
            await using var server = new Http2Server { OnSubmission = After(AfterBody[what]) };
            await using var fixture = FaultFixture.Over(server, isGuarded);

            var generation = await fixture.SucceedsAsync(Call.Create, FaultFixture.Search);

            Assert.Equal(FaultFixture.GenerationId, generation.Id);
            AssertSentOnce(server);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_the_body_a_reset_with_any_code_is_searched_for_and_nothing_sent_again(bool isInResponse)
    {
        foreach (var code in (int[])[.. Enumerable.Range(0, 14), int.MaxValue])
        {
            await using var server = new Http2Server { KeepsLog = !isInResponse };
            server.OnSubmission = After(async exchange =>
            {
                if (isInResponse)
                {
                    await exchange.HeadersAsync(201, isEnd: false, Http2Exchange.CreatedHeaders);
                    await exchange.DataAsync(Http2Exchange.Created[..10]);
                }

                await exchange.ResetAsync(code);
            });
            await using var fixture = FaultFixture.Over(server);

            var generation = await fixture.SucceedsAsync(Call.Create, FaultFixture.Search);

            Assert.Equal(FaultFixture.GenerationId, generation.Id);
            AssertSentOnce(server);
        }
    }

    [Theory]
    [InlineData(Refused)]
    [InlineData(Canceled)]
    public async Task A_reset_of_which_the_log_knows_nothing_is_reported_with_the_id_of_the_submission(int code)
    {
        await using var server = new Http2Server { KeepsLog = false, OnSubmission = After(exchange => exchange.ResetAsync(code)) };
        await using var fixture = FaultFixture.Over(server);

        var error = await fixture.FailsAsync<WanSubmissionUnknownException>(Call.Create, FaultFixture.Search);

        Assert.Equal(("order-1", SubmissionPhase.Sent), (error.ClientRequestId, error.Phase));
        AssertSentOnce(server);
    }

    [Fact]
    public async Task A_response_that_does_not_end_is_used_as_far_as_it_came()
    {
        await using var server = new Http2Server { KeepsLog = false };
        await using var fixture = FaultFixture.Over(server);
        server.OnSubmission = After(async exchange =>
        {
            await exchange.HeadersAsync(201, isEnd: false, Http2Exchange.CreatedHeaders);
            await exchange.DataAsync(Http2Exchange.Created);
            await fixture.Server.HeadSeen.WaitAsync(exchange.Connection.Stopping);
            fixture.Clock.TriggerTimeout();
        });

        var generation = await fixture.SucceedsAsync(Call.Create, FaultFixture.Attempt + FaultFixture.Search);

        Assert.Equal((FaultFixture.GenerationId, 1), (generation.Id, server.Submissions.Count()));
    }

    [Fact]
    public async Task Trailers_and_interim_responses_are_neither_used_nor_repeated()
    {
        await using var server = new Http2Server();
        server.OnSubmission = After(async exchange =>
        {
            for (var i = 0; i < 100; i++)
                await exchange.HeadersAsync(103, isEnd: false, ("x-inference-id", Secret), ("link", Secret));
            await exchange.HeadersAsync(201, isEnd: false, Http2Exchange.CreatedHeaders);
            await exchange.DataAsync(Http2Exchange.Created);
            await exchange.BlockAsync(Http2Frame.Block([("x-inference-id", Secret), ("x-client-request-id", Secret), ("set-cookie", Secret)]), isEnd: true);
        });
        await using var fixture = FaultFixture.Over(server);

        var generation = await fixture.SucceedsAsync(Call.Create, TimeSpan.Zero);

        Assert.Equal(FaultFixture.GenerationId, generation.Id);
    }

    [Fact]
    public async Task Within_the_body_a_reset_with_any_code_means_that_nothing_was_submitted()
    {
        foreach (var code in (int[])[.. Enumerable.Range(0, 14), int.MaxValue])
        {
            await using var server = new Http2Server { GrantsWindow = false };
            server.OnSubmission = async exchange =>
            {
                await exchange.ReadAtLeastAsync(60_000);
                await exchange.ResetAsync(code);
            };
            await using var fixture = FaultFixture.Over(server);

            var error = await fixture.FailsAsync<WanConnectionException>(CreateOf(LargerThanWindow), FaultFixture.Retries);

            Assert.EndsWith("Nothing was submitted.", error.Message, StringComparison.Ordinal);
            Assert.Equal((0, 3), (server.CompleteSubmissions, server.Submissions.Count(exchange => exchange.Length > 0)));
        }
    }

    [Theory]
    [InlineData(413, 0)]
    [InlineData(401, null)]
    [InlineData(403, null)]
    public async Task Within_the_body_a_refusal_is_used(int status, int? reset)
    {
        await using var server = new Http2Server { GrantsWindow = false };
        server.OnSubmission = async exchange =>
        {
            await exchange.ReadAtLeastAsync(60_000);
            await exchange.RespondAsync(status, "{}");
            if (reset is { } code)
                await exchange.ResetAsync(code);
        };
        await using var fixture = FaultFixture.Over(server);

        var error = await fixture.FailsAsync<WanApiException>(CreateOf(LargerThanWindow), TimeSpan.Zero);

        Assert.Equal((status, 1), ((int)error.StatusCode, server.Submissions.Count()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(null)]
    public async Task Within_the_body_an_acceptance_is_used(int? reset)
    {
        await using var server = new Http2Server { GrantsWindow = false };
        server.OnSubmission = async exchange =>
        {
            await exchange.ReadAtLeastAsync(60_000);
            await exchange.AcceptAsync();
            if (reset is { } code)
                await exchange.ResetAsync(code);
        };
        await using var fixture = FaultFixture.Over(server);

        var generation = await fixture.SucceedsAsync(CreateOf(LargerThanWindow), TimeSpan.Zero);

        Assert.Equal((FaultFixture.GenerationId, 1), (generation.Id, server.Submissions.Count()));
    }

    [Fact]
    public async Task A_window_that_does_not_grow_ends_with_the_time_and_nothing_was_submitted()
    {
        await using var server = new Http2Server { GrantsWindow = false };
        await using var fixture = FaultFixture.Over(server);
        server.OnSubmission = async exchange =>
        {
            await exchange.ReadAtLeastAsync(60_000);
            fixture.Clock.TriggerTimeout();
        };

        var error = await fixture.FailsAsync<WanConnectionException>(CreateOf(LargerThanWindow), (3 * FaultFixture.Attempt) + FaultFixture.Retries);

        Assert.EndsWith("Nothing was submitted.", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.CompleteSubmissions);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task A_refusal_in_place_of_100_Continue_saves_the_upload(int status)
    {
        await using var server = new Http2Server { OnSubmission = exchange => exchange.RespondAsync(status, "{}") };
        await using var fixture = FaultFixture.Over(server);

        var error = await fixture.FailsAsync<WanApiException>(CreateOf(WaitsToBeAsked), TimeSpan.Zero);

        Assert.Equal((status, 0), ((int)error.StatusCode, Assert.Single(server.Submissions).Length));
    }

    [Fact]
    public async Task A_service_that_knows_no_100_Continue_is_sent_the_body_without_it()
    {
        await using var server = new Http2Server();
        server.OnSubmission = async exchange =>
        {
            if (exchange.WaitsToBeAsked)
                await exchange.RespondAsync(417, "{}");
            else if (await exchange.ReadBodyAsync())
                await exchange.AcceptAsync();
        };
        await using var fixture = FaultFixture.Over(server);

        var generation = await fixture.SucceedsAsync(CreateOf(WaitsToBeAsked), TimeSpan.Zero);

        Assert.Equal((FaultFixture.GenerationId, 2, 1), (generation.Id, server.Submissions.Count(), server.CompleteSubmissions));
    }

    [Fact]
    public async Task An_acceptance_in_place_of_100_Continue_is_used()
    {
        await using var server = new Http2Server { OnSubmission = exchange => exchange.AcceptAsync() };
        await using var fixture = FaultFixture.Over(server);

        var generation = await fixture.SucceedsAsync(CreateOf(WaitsToBeAsked), TimeSpan.Zero);

        Assert.Equal((FaultFixture.GenerationId, 1), (generation.Id, server.Submissions.Count()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Before_the_body_a_refused_stream_is_tried_again_by_the_transport_with_one_body(bool isGoAway)
    {
        await using var server = new Http2Server();
        server.OnSubmission = async exchange =>
        {
            if (exchange != server.Submissions.First())
            {
                if (await exchange.ReadBodyAsync())
                    await exchange.AcceptAsync();
            }
            else if (isGoAway)
            {
                await exchange.GoAwayAsync(0, 0, Secret);
            }
            else
            {
                await exchange.ResetAsync(Refused);
            }
        };
        await using var fixture = FaultFixture.Over(server);

        var generation = await fixture.SucceedsAsync(CreateOf(WaitsToBeAsked), FaultFixture.Retries);

        Assert.Equal((FaultFixture.GenerationId, 1), (generation.Id, server.CompleteSubmissions));
        Assert.Equal(0, server.Submissions.First().Length);
    }

    [Fact]
    public async Task Reads_are_tried_again_whatever_the_service_sends()
    {
        foreach (var what in AfterBody.Keys)
        {
            await using var server = new Http2Server();
            server.OnRead = exchange => exchange == server.Exchanges[0] ? AfterBody[what](exchange) : exchange.RespondAsync(200, server.Completed);
            await using var fixture = FaultFixture.Over(server);

            var generation = await fixture.SucceedsAsync(Call.Get, FaultFixture.Retries);

            Assert.Equal((what, FaultFixture.GenerationId), (what, generation.Id));
        }
    }

    [Fact]
    public async Task A_video_is_resumed_after_a_reset_with_any_code_and_never_half_there()
    {
        foreach (var code in (int[])[.. Enumerable.Range(0, 14), int.MaxValue])
        {
            await using var server = new Http2Server();
            server.OnVideo = async exchange =>
            {
                var isFirst = exchange == server.Exchanges[0];
                await exchange.SendVideoAsync(isFirst ? 30_000 : null);
                if (isFirst)
                    await exchange.ResetAsync(code);
            };
            await using var fixture = FaultFixture.Over(server);

            await DownloadAsync(fixture, server);
        }
    }

    [Fact]
    public async Task A_video_is_complete_whatever_the_file_host_does_first()
    {
        foreach (var what in AfterBody.Keys.Except(["headers and no body", "a header with a line break", "more than was announced"]))
        {
            await using var server = new Http2Server();
            server.OnVideo = exchange => exchange == server.Exchanges[0] ? AfterBody[what](exchange) : exchange.SendVideoAsync();
            await using var fixture = FaultFixture.Over(server);

            await DownloadAsync(fixture, server);
        }
    }

    [Fact]
    public async Task A_video_that_ends_early_without_an_error_is_resumed()
    {
        await using var server = new Http2Server();
        server.OnVideo = async exchange =>
        {
            var isFirst = exchange == server.Exchanges[0];
            await exchange.SendVideoAsync(isFirst ? 30_000 : null);
            if (isFirst)
                await exchange.BlockAsync(Http2Frame.Block([("etag", Secret)]), isEnd: true);
        };
        await using var fixture = FaultFixture.Over(server);

        await DownloadAsync(fixture, server);
    }

    // After a refused stream, the transport itself sends the headers again, and is refused the body.
    private static void AssertSentOnce(Http2Server server)
    {
        Assert.Equal(1, server.CompleteSubmissions);
        Assert.All(server.Submissions.Skip(1), exchange => Assert.Equal(0, exchange.Length));
    }

    private static async Task DownloadAsync(FaultFixture fixture, Http2Server server)
    {
        using var folder = new TemporaryFolder();

        await fixture.SucceedsAsync(
            async (client, cancellation) =>
            {
                await client.DownloadToFileAsync(Call.At($"{server.Address}video/1.mp4?signature={HostileServer.Signature}"), folder["video.mp4"], cancellationToken: cancellation);
                return true;
            },
            FileRetries);

        Assert.Equal(["video.mp4"], folder.FileNames);
        var video = await File.ReadAllBytesAsync(folder["video.mp4"], TestContext.Current.CancellationToken);
        Assert.True(HostileServer.Video.AsSpan().SequenceEqual(video));
        Assert.DoesNotContain(server.Exchanges, exchange => exchange.HasKey);
    }

    private static Func<IWanVideoClient, CancellationToken, Task<VideoGeneration>> CreateOf(int imageLength)
    {
        var image = new byte[imageLength];
        Samples.ImageBytes.CopyTo(image, 0);
        return (client, cancellation) => client.CreateAsync(
            Samples.Image(MediaSource.FromBytes(image)) with { Prompt = $"a {Secrets.Canary} on its perch", ClientRequestId = "order-1" }, cancellation);
    }

    private static Func<Http2Exchange, Task> After(Func<Http2Exchange, Task> respond) => async exchange =>
    {
        if (await exchange.ReadBodyAsync())
            await respond(exchange);
    };
}

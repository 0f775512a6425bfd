using System.Diagnostics;
using System.Net.Sockets;

namespace Wan27.Sdk.Tests.Media;

/// <summary>Paths that are not files: each is a problem at once, with the reason.</summary>
public sealed class OddSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task A_named_pipe_without_a_writer_is_a_problem_and_does_not_wait()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no named pipes in folders there.");
        using (var process = Process.Start("mkfifo", [folder["image.png"]]))
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains("named pipe", await ValidateAsync(folder["image.png"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://images.example/mona.png", "use MediaSource.FromUri")]
    [InlineData("HTTP://images.example/mona.png", "use MediaSource.FromUri")]
    [InlineData(".", "is a directory")]
    [InlineData("no such file", "does not exist")]
    public async Task Another_path_is_a_problem_with_its_reason(string path, string reason) =>
        Assert.Contains(reason, await ValidateAsync(path), StringComparison.Ordinal);

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    public async Task A_device_is_a_problem(string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have other devices.");

        Assert.Contains("a named pipe or a device", await ValidateAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_is_a_problem()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A socket has no file there.");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder["image.png"]));

        Assert.Contains("'image.png' cannot be read", await ValidateAsync(folder["image.png"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loop_of_links_is_a_problem()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "To create a link needs a privilege there.");
        File.CreateSymbolicLink(folder["one.png"], folder["two.png"]);
        File.CreateSymbolicLink(folder["two.png"], folder["one.png"]);

        Assert.Contains("one.png", await ValidateAsync(folder["one.png"]), StringComparison.Ordinal);
    }

    // On another thread, so that a wait is a failure and not the end of the run.
    private static Task<string> ValidateAsync(string path) => Task.Run(
        () => Assert.Single((Samples.Image with { Image = MediaSource.FromFile(path) }).Validate()).Message, TestContext.Current.CancellationToken);
}

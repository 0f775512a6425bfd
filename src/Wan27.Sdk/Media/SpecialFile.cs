using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Wan27.Sdk.Media;

/// <summary>Finds files that are not files, such as named pipes: to open one for reading waits for a writer, without end.</summary>
internal static class SpecialFile
{
    private const int CloseOnExecLinux = 0x80000;
    private const int CloseOnExecApple = 0x1000000;
    private const int NonBlockingLinux = 0x800;
    private const int NonBlockingApple = 0x4;

    /// <summary>
    /// Returns whether a path is that of a pipe, which has no length, or of a device, which may have no end. What cannot be opened is not: the error is
    /// reported when it is opened.
    /// </summary>
    public static bool IsPipeOrDevice(string path) => (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()) && (IsDevice(path) || IsPipe(path));

    private static bool IsDevice(string path)
    {
        try
        {
            var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
            return target.StartsWith("/dev/", StringComparison.Ordinal) && !target.StartsWith("/dev/shm/", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsPipe(string path)
    {
        var flags = OperatingSystem.IsLinux() ? NonBlockingLinux | CloseOnExecLinux : NonBlockingApple | CloseOnExecApple;
        var descriptor = Open([.. Encoding.UTF8.GetBytes(path), 0], flags);
        if (descriptor < 0)
            return false;
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            _ = RandomAccess.GetLength(handle);
            return false;
        }
        catch (NotSupportedException)
        {
            return true;
        }
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);
}

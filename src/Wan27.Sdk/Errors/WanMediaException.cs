namespace Wan27.Sdk;

/// <summary>A local picture, sound or clip could not be read, or changed while it was being sent. No complete request left this machine.</summary>
public sealed class WanMediaException : WanException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which media, and what is wrong with it.</param>
    /// <param name="innerException">The file system's or the stream's own error.</param>
    public WanMediaException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

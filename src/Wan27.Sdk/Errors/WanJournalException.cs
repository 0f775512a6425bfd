namespace Wan27.Sdk;

/// <summary>The submission journal could not be read or written. Nothing was sent: what cannot be remembered is not bought.</summary>
public sealed class WanJournalException : WanException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What could not be done.</param>
    /// <param name="innerException">The journal's own error.</param>
    public WanJournalException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

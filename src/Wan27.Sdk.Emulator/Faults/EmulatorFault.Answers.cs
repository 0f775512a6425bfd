using System.Globalization;
using System.Text;
using Wan27.Sdk.Emulator.Api;
using Wan27.Sdk.Emulator.Http;

namespace Wan27.Sdk.Emulator;

// Answers that are not what was asked for.
public sealed partial record EmulatorFault
{
    /// <summary>An error of the service's with this status, before accepting. <c>Status(502).AfterAccepting()</c> is the expensive one.</summary>
    /// <param name="status">200 to 599.</param>
    /// <param name="retryAfter">The <c>Retry-After</c>, in whole seconds; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is not a final HTTP status.</exception>
    public static EmulatorFault Status(int status, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);

        var seconds = retryAfter?.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return Instead($"status {status}", answer => EmulatedResponse.CreateProblem(answer.Context, status).WithHeader("Retry-After", seconds));
    }

    /// <summary>Any answer at all, before accepting: a page of HTML with status 200, an empty body, an odd content type.</summary>
    /// <param name="status">200 to 599.</param>
    /// <param name="contentType">The <c>Content-Type</c>, or null for none.</param>
    /// <param name="body">The body, sent as UTF-8.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is not a final HTTP status.</exception>
    public static EmulatorFault AnswerWith(int status, string? contentType, string body)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        ArgumentNullException.ThrowIfNull(body);

        var bytes = Encoding.UTF8.GetBytes(body);
        return Instead($"answer {status}", answer => new EmulatedResponse(answer.Context, status) { ContentType = contentType, Body = bytes });
    }

    /// <summary>A page of HTML with status 200, as a proxy in between may answer. After accepting.</summary>
    public static EmulatorFault Html() =>
        AnswerWith(200, "text/html; charset=utf-8", "<!DOCTYPE html><html><body><h1>One moment, please</h1></body></html>").AfterAccepting();

    /// <summary>A redirect to another host, before accepting.</summary>
    /// <param name="target">Where to; <see cref="WanEmulator.FilesAddress"/> is another origin whose requests the ledger shows.</param>
    /// <param name="status">301, 302, 303, 307 or 308. Default 307, which asks for the body to be sent again.</param>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is none of these.</exception>
    public static EmulatorFault Redirect(Uri target, int status = 307)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (status is not (301 or 302 or 303 or 307 or 308))
            throw new ArgumentOutOfRangeException(nameof(status), status, "A redirect is 301, 302, 303, 307 or 308.");
        return Instead($"redirect {status}", answer => new EmulatedResponse(answer.Context, status).WithHeader("Location", target.AbsoluteUri));
    }

    /// <summary>A body that ends early although its length is announced as such: JSON without its end. After accepting.</summary>
    /// <param name="length">How many bytes of the body remain, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public static EmulatorFault TruncateBody(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return Spoil($"body truncated to {length}", answer => answer with { Body = answer.Body[..Math.Min(length, answer.Body.Length)] });
    }

    /// <summary>
    /// A <c>Content-Length</c> that is wrong: longer than the body, after which the connection closes, or shorter. After accepting.
    /// </summary>
    /// <param name="difference">Bytes announced beyond the true length; negative for fewer.</param>
    public static EmulatorFault WrongLength(int difference) => Spoil($"length wrong by {difference}", answer =>
    {
        var announced = Math.Max(0, answer.Body.Length + difference);
        return announced <= answer.Body.Length
            ? answer with { Body = answer.Body[..announced] }
            : answer with { AnnouncedLength = announced, Interruption = new Interruption(InterruptionKind.Close, answer.Body.Length) { IsInBody = true } };
    });

    private static EmulatorFault Instead(string name, Func<EmulatedResponse, EmulatedResponse> alter) => new(name)
    {
        IsAfterAccepting = false,
        ChangeResponse = answer => answer.ReplaceWith(alter(answer)),
    };

    private static EmulatorFault Spoil(string name, Func<EmulatedResponse, EmulatedResponse> alter) => new(name) { ChangeResponse = alter };
}

using System.Globalization;
using Wan27.Sdk.Emulator.Api;
using Wan27.Sdk.Emulator.Http;

namespace Wan27.Sdk.Emulator;

// Faults that change or replace a response.
public sealed partial record EmulatorFault
{
    /// <summary>Creates a fault that returns an error of the service, by default before the submission is accepted.</summary>
    /// <param name="status">The HTTP status, between 200 and 599.</param>
    /// <param name="retryAfter">The <c>Retry-After</c> header, rounded to seconds, or <see langword="null"/> for none.</param>
    /// <returns>A fault for one request.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is less than 200 or greater than 599.</exception>
    /// <remarks>
    /// <c>Status(502).AfterAccepting()</c> simulates a submission that costs money although its response is an error.
    /// </remarks>
    public static EmulatorFault Status(int status, TimeSpan? retryAfter = null)
    {
        ThrowIfNotFinalStatus(status);
        var seconds = retryAfter?.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return Replace(
            $"status {status}",
            response => EmulatedResponse.CreateProblem(response.Context, status).WithHeader("Retry-After", seconds));
    }

    /// <summary>
    /// Creates a fault that returns an error in the older envelope of the service, by default before the submission is accepted:
    /// <c>requestId</c>, <c>statusCode</c>, <c>timestamp</c>, <c>path</c> and <c>message</c>.
    /// </summary>
    /// <param name="status">The HTTP status, between 200 and 599.</param>
    /// <param name="messages">
    /// The messages. One message is a string, and several are an array. Without a message, it is the title of the status.
    /// </param>
    /// <returns>A fault for one request.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="messages"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is less than 200 or greater than 599.</exception>
    public static EmulatorFault LegacyStatus(int status, params string[] messages)
    {
        ThrowIfNotFinalStatus(status);
        ArgumentNullException.ThrowIfNull(messages);
        string[] copy = [.. messages];
        return Replace(
            $"legacy status {status}", response => EmulatedResponse.CreateLegacyProblem(response.Context, status, copy));
    }

    /// <summary>Creates a fault that returns an arbitrary response, by default before the submission is accepted.</summary>
    /// <param name="status">The HTTP status, between 200 and 599.</param>
    /// <param name="contentType">The <c>Content-Type</c> header, or <see langword="null"/> for none.</param>
    /// <param name="body">The body, which is sent as UTF-8.</param>
    /// <returns>A fault for one request.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is less than 200 or greater than 599.</exception>
    public static EmulatorFault RespondWith(int status, string? contentType, string body)
    {
        ThrowIfNotFinalStatus(status);
        ArgumentNullException.ThrowIfNull(body);
        return Replace(
            $"response {status}", response => EmulatedResponse.CreateText(response.Context, status, contentType, body));
    }

    /// <summary>
    /// Creates a fault that returns an HTML page with status 200, as a proxy can, by default after the submission is accepted.
    /// </summary>
    /// <returns>A fault for one request.</returns>
    public static EmulatorFault Html()
    {
        const string page = "<!DOCTYPE html><html><body><h1>One moment, please</h1></body></html>";
        return RespondWith(200, "text/html; charset=utf-8", page).AfterAccepting();
    }

    /// <summary>Creates a fault that redirects to another origin, by default before the submission is accepted.</summary>
    /// <param name="target">
    /// The target. The ledger also contains the requests to <see cref="WanEmulator.FilesAddress"/>, which is another origin.
    /// </param>
    /// <param name="status">
    /// The HTTP status: 301, 302, 303, 307 or 308. The default is 307, after which a client sends the body again.
    /// </param>
    /// <returns>A fault for one request.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is not one of these statuses.</exception>
    public static EmulatorFault Redirect(Uri target, int status = 307)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (status is not (301 or 302 or 303 or 307 or 308))
        {
            throw new ArgumentOutOfRangeException(
                nameof(status), status, "The status of a redirect must be 301, 302, 303, 307 or 308.");
        }

        return Replace(
            $"redirect {status}",
            response => new EmulatedResponse(response.Context, status).WithHeader("Location", target.AbsoluteUri));
    }

    /// <summary>
    /// Creates a fault that truncates the body and announces its new length, so that JSON is incomplete although the HTTP
    /// message is complete. By default, the fault occurs after the submission is accepted.
    /// </summary>
    /// <param name="length">The number of bytes of the body that are sent, 0 or more.</param>
    /// <returns>A fault for one request.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public static EmulatorFault TruncateBody(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return Modify(
            $"body truncated to {length}",
            response => response with { Body = response.Body[..Math.Min(length, response.Body.Length)] });
    }

    /// <summary>
    /// Creates a fault that announces a wrong <c>Content-Length</c>, by default after the submission is accepted. If the
    /// length is too long, the connection is closed after the body. If it is too short, the body is truncated.
    /// </summary>
    /// <param name="difference">The announced length minus the actual length, in bytes.</param>
    /// <returns>A fault for one request.</returns>
    public static EmulatorFault WrongLength(int difference) => Modify($"length wrong by {difference}", response =>
    {
        var announced = Math.Max(0, response.Body.Length + difference);
        if (announced <= response.Body.Length)
            return response with { Body = response.Body[..announced] };

        var interruption = new Interruption(InterruptionKind.Close, response.Body.Length) { IsInBody = true };
        return response with { AnnouncedLength = announced, Interruption = interruption };
    });

    private static void ThrowIfNotFinalStatus(int status)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
    }

    private static EmulatorFault Replace(string name, Func<EmulatedResponse, EmulatedResponse> create) => new(name)
    {
        IsAfterAccepting = false,
        ChangeResponse = response => response.ReplaceWith(create(response)),
    };

    private static EmulatorFault Modify(string name, Func<EmulatedResponse, EmulatedResponse> change) =>
        new(name) { ChangeResponse = change };
}

using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Hangfire.Annotations;
using Hangfire.Dashboard;

namespace VideoStudio.Hosting;

/// <summary>
/// Grants the operator access: with the password if one is set; otherwise from this machine, in Development only. Behind a proxy every request
/// comes from this machine, so that this is not sufficient in production.
/// </summary>
internal sealed class DashboardAccess(string? password, bool isDevelopment) : IDashboardAuthorizationFilter
{
    public bool Authorize([NotNull] DashboardContext context)
    {
        var http = context.GetHttpContext();
        if (password is null)
            return isDevelopment && http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
        if (IsPassword(http.Request.Headers.Authorization.ToString()))
            return true;
        http.Response.Headers.WWWAuthenticate = "Basic realm=\"VideoStudio\", charset=\"UTF-8\"";
        return false;
    }

    // "operator:PASSWORD"; compared by hash in constant time.
    private bool IsPassword(string authorization)
    {
        Span<byte> given = stackalloc byte[512];
        return AuthenticationHeaderValue.TryParse(authorization, out var header)
            && header is { Scheme: "Basic", Parameter: { } parameter }
            && Convert.TryFromBase64String(parameter, given, out var length)
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(given[..length]), SHA256.HashData(Encoding.UTF8.GetBytes($"operator:{password}")));
    }
}

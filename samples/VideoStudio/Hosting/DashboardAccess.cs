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

        // By hash in constant time.
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"operator:{password}"));
        if (CryptographicOperations.FixedTimeEquals(Hash(http.Request.Headers.Authorization.ToString()), Hash(expected)))
            return true;
        http.Response.Headers.WWWAuthenticate = "Basic realm=\"VideoStudio\", charset=\"UTF-8\"";
        return false;

        static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }
}

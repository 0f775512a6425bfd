using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Wan27.Sdk.IntegrationTests.Support;

/// <summary>An authority that no system trusts, only the connections of a test.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 root;

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=An authority of the tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        root = request.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(10));
    }

    /// <summary>Makes connections trust the authority, and no other.</summary>
    public void Trust(SocketsHttpHandler handler)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(root);
        handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }

    /// <param name="subject">The name of the subject, and a further name.</param>
    /// <param name="host">The host for which it is valid.</param>
    /// <param name="expired">Whether it was valid until yesterday.</param>
    public X509Certificate2 Issue(string subject, string host, bool expired)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={subject}, O={subject}", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        names.AddDnsName($"{subject}.example");
        names.AddUri(new Uri($"https://{subject}.example/?signature={subject}"));
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(root, Now.AddDays(-5), Now.AddDays(expired ? -1 : 5), [1, 2, 3, 4]);
        return certificate.CopyWithPrivateKey(own);
    }

    public void Dispose()
    {
        root.Dispose();
        key.Dispose();
    }
}

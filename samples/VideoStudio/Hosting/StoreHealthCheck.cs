using Microsoft.Extensions.Diagnostics.HealthChecks;
using VideoStudio.Store;

namespace VideoStudio.Hosting;

/// <summary>Healthy while the records can be read and the folder of films is there.</summary>
internal sealed class StoreHealthCheck(IGenerationStore store, DataFolder folder) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await store.CheckAsync(cancellationToken);
        return Directory.Exists(folder.Films) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The folder of films is missing.");
    }
}

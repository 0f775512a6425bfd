using Microsoft.Extensions.Diagnostics.HealthChecks;
using VideoStudio.Store;

namespace VideoStudio.Hosting;

/// <summary>Reports healthy if the records can be read and the folder of videos exists.</summary>
internal sealed class StoreHealthCheck(IGenerationStore store, DataFolder folder) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await store.CheckAsync(cancellationToken);
        return Directory.Exists(folder.Videos) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The folder of videos does not exist.");
    }
}

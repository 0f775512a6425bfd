using VideoStudio.Jobs;

namespace VideoStudio.Hosting;

internal static class StudioJobs
{
    public static void AddStudioJobs(this WebApplicationBuilder builder, bool hasDatabase, int workers)
    {
        builder.Services.AddWanVideoClient(builder.Configuration.GetSection("Wan27"));
        builder.Services.AddSingleton<GenerationRequests>();
        builder.Services.AddSingleton<StepSchedule>();
        builder.Services.AddSingleton<SubmitStep>();
        builder.Services.AddSingleton<PollStep>();
        builder.Services.AddSingleton<DownloadStep>();
        builder.Services.AddSingleton<GenerationJob>();
        builder.Services.AddSingleton<IJobQueue, HangfireQueue>();
        builder.AddStudioHangfire(hasDatabase, workers);
        builder.Services.AddHostedService<OverdueSweeper>();
    }
}

using Wan27.Sdk;
using Wan27.Sdk.CrashVictim;

if (args is ["download", var url, var path])
    return await DownloadVictim.RunAsync(url, path);

if (args is ["spend", .. var spending])
    return await SpendingVictim.RunAsync(spending);

if (args is ["retry", var address, var key, var file, var id, var point])
    return await RetryVictim.RunAsync(new Uri(address), key, file, id, Enum.Parse<CrashPoint>(point));

if (args is ["journal", var journal])
{
    try
    {
        _ = await new FileSubmissionJournal(journal).ReadPendingAsync();
        return 0;
    }
    catch (IOException e)
    {
        Console.WriteLine(e.Message);
        return 3;
    }
}

// Submits the requests of the arguments and waits at a chosen point of each submission to be killed with SIGKILL.
// Arguments: address, key, journal, then for each submission ID=POINT. It writes ID when the point is reached.
_ = Task.Run(() =>
{
    // The parent process has ended and cannot kill it.
    _ = Console.In.ReadToEnd();
    Environment.Exit(2);
});

var plan = args[3..].Select(argument => argument.Split('=')).ToDictionary(pair => pair[0], pair => Enum.Parse<CrashPoint>(pair[1]));
var options = new WanVideoClientOptions
{
    BaseAddress = new Uri(args[0]),
    ApiKey = args[1],
    Journal = new CrashingJournal(args[2], plan),
};
using var client = new WanVideoClient(options);
// Each of them waits for the end of the process: a submission that returns or fails has missed its point.
await await Task.WhenAny(plan.Select(one => client.CreateAsync(VictimRequest.Of(one.Key, one.Value))));
return 1;

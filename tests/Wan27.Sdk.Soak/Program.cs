using System.CommandLine;
using Wan27.Sdk.Soak;

var minutes = new Option<double>("--minutes") { Description = "The duration in minutes; the running round is finished.", DefaultValueFactory = _ => 10 };
var seed = new Option<int>("--seed") { Description = "The seed of the faults and of the actions of the callers; by default a different one each time.", DefaultValueFactory = _ => Random.Shared.Next() };
var root = new RootCommand("Many callers, 5 % faults in each phase, against the emulator: nothing may be lost, bought twice, or grow.") { minutes, seed };
root.SetAction(async (parsed, cancellationToken) =>
{
    using var soak = new Soak(parsed.GetValue(seed), Console.Out);
    return await soak.RunAsync(TimeSpan.FromMinutes(parsed.GetValue(minutes)), cancellationToken) ? 0 : 1;
});
return await root.Parse(args).InvokeAsync();

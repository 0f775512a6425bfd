using Wan27.Cli;
using Wan27.Cli.Output;

return await new CommandLine(Terminal.FromProcess()).RunAsync(args);

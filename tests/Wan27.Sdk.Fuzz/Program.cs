using SharpFuzz;
using Wan27.Sdk.Fuzz;

// all|<target> [--seconds N] [--seed S] [folder]   corrupt copies of the corpus, for N seconds a target
// replay <target> <file>                           one input again
// corpus <folder>                                  creates the corpus again
// afl <target>                                     the inputs of afl-fuzz, which is guided by coverage (CONTRIBUTING.md)
switch (args)
{
    case ["corpus", var folder]:
        Corpus.Write(folder);
        return 0;
    case ["replay", var name, var file]:
        new Run(FuzzTarget.Of(name), [], 0).Feed(File.ReadAllBytes(file));
        Console.WriteLine("kept");
        return 0;
    case ["afl", var name]:
        var guided = new Run(FuzzTarget.Of(name), [], 0);
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            guided.Feed(bytes.ToArray());
        });
        return 0;
    case [var name, ..]:
        var options = RunOptions.Of(args);
        var targets = name == "all" ? FuzzTarget.All : [FuzzTarget.Of(name)];
        var kept = targets.Select(target => new Run(target, Corpus.Read(options.Folder, target), options.Seed).For(options.Time)).ToList();
        return kept.All(isKept => isKept) ? 0 : 1;
    default:
        Console.Error.WriteLine("Name a target, or all.");
        return 2;
}

using System.Globalization;

namespace Wan27.Sdk.Fuzz;

/// <summary>The command-line options of a bounded run.</summary>
/// <param name="Time">The time for each target.</param>
/// <param name="Seed">The seed of the random steps; by default a different one each time.</param>
/// <param name="Folder">The folder of the corpus.</param>
internal sealed record RunOptions(TimeSpan Time, uint Seed, string Folder)
{
    public static RunOptions Of(string[] args)
    {
        var options = new RunOptions(TimeSpan.FromSeconds(2), (uint)Random.Shared.Next(), Corpus.Folder);
        for (var i = 1; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--seconds" => options with { Time = TimeSpan.FromSeconds(int.Parse(args[++i], CultureInfo.InvariantCulture)) },
                "--seed" => options with { Seed = uint.Parse(args[++i], CultureInfo.InvariantCulture) },
                var folder => options with { Folder = folder },
            };
        }

        return options;
    }
}

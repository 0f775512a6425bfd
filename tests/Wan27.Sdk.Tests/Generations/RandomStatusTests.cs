using System.Text.Json;
using CsCheck;

namespace Wan27.Sdk.Tests.Generations;

public class RandomStatusTests
{
    private const string Seed = "0N0XIzNsQ0O2";

    private static readonly string[] Succeeded = ["completed", "succeeded"];
    private static readonly string[] Failed = ["error", "failed", "cancelled", "canceled"];
    private static readonly string[] Pending = ["queued", "generating", "waiting", "active", "", "complete", "completed ", "errors", "success"];

    private static readonly Gen<string> Known = Gen.Int[0, 14].Select(place => ((string[])[.. Succeeded, .. Failed, .. Pending])[place]);

    private static readonly Gen<string> Cased = Gen.Select(Known, Gen.Bool.Array[10]).Select((word, isUpper) =>
        string.Concat(word.Select((letter, i) => isUpper[i % 10] ? char.ToUpperInvariant(letter) : letter)));

    private static readonly Gen<string> Any = Gen.OneOf(Cased, Gen.String[0, 20].Where(text => text.All(letter => !char.IsSurrogate(letter))));

    [Fact]
    public void Every_status_is_success_failure_or_pending_and_only_known_ones_are_final() =>
        Any.Sample(
            word =>
            {
                var status = new GenerationStatus(word);
                var value = word.Length == 0 ? "unknown" : word;
                Assert.Equal(Succeeded.Contains(word, StringComparer.OrdinalIgnoreCase), status.IsSucceeded);
                Assert.Equal(Failed.Contains(word, StringComparer.OrdinalIgnoreCase), status.IsFailed);
                Assert.Equal(!status.IsSucceeded && !status.IsFailed, status.IsPending);
                Assert.Equal(value, JsonSerializer.Deserialize<GenerationStatus>(JsonSerializer.Serialize(status)).Value);
                Assert.Equal(value, status.ToString());
            },
            seed: Seed, iter: 20_000, threads: 1);

    [Fact]
    public void Statuses_are_equal_without_regard_to_case_and_equal_ones_hash_alike() =>
        Gen.Select(Any, Any).Sample(
            (one, other) =>
            {
                var (left, right) = (new GenerationStatus(one), new GenerationStatus(other));
                Assert.Equal(string.Equals(one, other, StringComparison.OrdinalIgnoreCase), left == right);
                Assert.Equal(left == right, !(left != right));
                Assert.True(left != right || left.GetHashCode() == right.GetHashCode());
            },
            seed: Seed, iter: 20_000, threads: 1);
}

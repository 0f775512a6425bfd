using System.Text;
using CsCheck;
using Wan27.Sdk.Fuzz.Targets;

namespace Wan27.Sdk.Fuzz;

/// <summary>Corrupts files of a corpus in a few steps, each of which changes, cuts, repeats or mixes.</summary>
internal static class Mutation
{
    private const int MaxLength = 128 * 1024;

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "null", "true", "{}", "[]", "{", "]", "\"", "\\", "\\ud800", "\\u0000", "-1", "1e400", "0.1", "99999999999999999999", ",", ":", "\n", "\n\n", "\r",
            "id", "generation_id", "status", "video", "url", "error", "detail", "data", "meta", "usage", "has_more", "pricing", "variants", "price", "per", "inference_id", "clientRequestId", "https://",
            "?", ";base64,", "200", "201", "429", "504", "bytes 1000-4999/5000", "bytes */5000", "\"v1\"", "W/", "Retry-After: ", "x-inference-id: ",
            "Wed, 01 Jul 2026 12:00:30 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "Date: Fri, 31 Dec 9999 23:59:59 GMT", "gen-1", FuzzedService.ClientRequestId, Secrets.Key, Secrets.Prompt, "ftyp", "moov", "IHDR", "IDAT", "Exif\0\0", "data",
        }.Select(Encoding.UTF8.GetBytes),
        [0], [0, 0, 0, 0], [0, 0, 0, 1], [0x7F, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xE1], [0xC3, 0x28], [0xEF, 0xBB, 0xBF], [0, 0xD8],
    ];

    private static readonly Gen<double> Place = Gen.Double[0, 1];

    private static readonly Gen<Func<byte[], byte[], byte[]>> Step = Gen.OneOf(
        Gen.Select(Place, Gen.Byte, Put),
        Gen.Select(Place, AnyOf(Tokens), Insert),
        Gen.Select(Place, AnyOf(Tokens), Overwrite),
        Gen.Select(Place, Gen.Int[1, 64], Remove),
        Gen.Select(Place, Gen.Int[1, 64], AnyOf(1, 2, 50, 5_000), Repeat),
        Gen.Select(Place, Place, Splice),
        Place.Select<double, Func<byte[], byte[], byte[]>>(end => (bytes, _) => bytes[..At(end, bytes)]));

    /// <summary>A file of the corpus after up to eight steps; the second file of each pair is mixed in.</summary>
    public static Gen<byte[]> Of(byte[][] corpus) => Gen.Select(
        AnyOf(corpus), AnyOf(corpus), Step.Array[1, 8], (file, other, steps) => steps.Aggregate(file, (bytes, step) => Short(step(bytes, other))));

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(place => values[place]);

    private static int At(double place, byte[] bytes) => (int)(place * bytes.Length);

    private static byte[] Short(byte[] bytes) => bytes.Length > MaxLength ? bytes[..MaxLength] : bytes;

    private static Func<byte[], byte[], byte[]> Put(double place, byte value) => Overwrite(place, [value]);

    private static Func<byte[], byte[], byte[]> Insert(double place, byte[] token) =>
        (bytes, _) => [.. bytes[..At(place, bytes)], .. token, .. bytes[At(place, bytes)..]];

    private static Func<byte[], byte[], byte[]> Overwrite(double place, byte[] token) =>
        (bytes, _) => [.. bytes[..At(place, bytes)], .. token, .. bytes.Skip(At(place, bytes) + token.Length)];

    private static Func<byte[], byte[], byte[]> Remove(double place, int length) =>
        (bytes, _) => [.. bytes[..At(place, bytes)], .. bytes.Skip(At(place, bytes) + length)];

    private static Func<byte[], byte[], byte[]> Repeat(double place, int length, int times) => (bytes, _) =>
    {
        var part = bytes[At(place, bytes)..].Take(length).ToArray();
        return [.. bytes[..At(place, bytes)], .. Enumerable.Repeat(part, times).SelectMany(copy => copy).Take(MaxLength), .. bytes[At(place, bytes)..]];
    };

    private static Func<byte[], byte[], byte[]> Splice(double end, double begin) => (bytes, other) => [.. bytes[..At(end, bytes)], .. other[At(begin, other)..]];
}

using System.Globalization;
using Microsoft.Net.Http.Headers;
using Wan27.Sdk.Emulator.Media;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Wire;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>Serves a result file, whole or in part (RFC 9110, one range at a time).</summary>
internal sealed class FileEndpoint(GenerationStore generations, FileUrls urls) : IEndpoint
{
    public EmulatorOperations Operation => EmulatorOperations.File;

    public Answer Serve(Call call)
    {
        if (urls.Read(call) is not var (id, version))
            return Plain(call, 404, "Not Found");
        if (call.Request.Method != "GET")
            return Plain(call, 405, "Method Not Allowed");
        if (generations.FindByUrl(id, version, call.Conditions.ExpiresUrl) is not { } generation)
            return Plain(call, 403, "Request has expired");

        var file = VideoLibrary.Find(generation.Parameters);
        var tag = $"\"{file.Tag}{call.Conditions.TagSuffix}\"";
        var modified = generation.EndedAt!.Value.ToString("R", CultureInfo.InvariantCulture);
        var whole = new Answer(call, 200) { ContentType = "video/mp4", Body = file.Bytes }
            .WithHeader("Accept-Ranges", "bytes")
            .WithHeader("ETag", tag)
            .WithHeader("Last-Modified", modified);

        var condition = call.Http.Headers.IfRange.ToString();
        var isRangeWanted = !call.Conditions.IgnoresRange && (condition.Length == 0 || condition == tag || condition == modified);
        return isRangeWanted ? Part(whole, call.Http.Headers.Range.ToString()) : whole;
    }

    private static Answer Part(Answer whole, string header)
    {
        if (!RangeHeaderValue.TryParse(header, out var ranges) || ranges.Unit != "bytes" || ranges.Ranges.Count != 1)
            return whole;

        var range = ranges.Ranges.Single();
        var length = whole.Body.Length;
        var from = range.From ?? Math.Max(0, length - range.To!.Value);
        var to = range.From is null ? length - 1 : Math.Min(range.To ?? long.MaxValue, length - 1);
        if (from > to)
            return (whole with { Status = 416, Body = default }).WithHeader("Content-Range", $"bytes */{length}");

        return (whole with { Status = 206, Body = whole.Body[(int)from..((int)to + 1)] })
            .WithHeader("Content-Range", FormattableString.Invariant($"bytes {from}-{to}/{length}"));
    }

    private static Answer Plain(Call call, int status, string text) =>
        new(call, status) { ContentType = "text/plain", Body = System.Text.Encoding.UTF8.GetBytes(text) };
}

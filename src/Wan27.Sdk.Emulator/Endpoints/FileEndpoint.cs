using System.Globalization;
using Microsoft.Net.Http.Headers;
using Wan27.Sdk.Emulator.Api;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Media;

namespace Wan27.Sdk.Emulator.Endpoints;

/// <summary>Returns a result file, or one range of it (RFC 9110, section 14).</summary>
internal sealed class FileEndpoint(AccountDirectory accounts, FileUrls urls) : IEndpoint
{
    public EmulatorOperations Operation => EmulatorOperations.File;

    public EmulatedResponse Handle(RequestContext context)
    {
        if (urls.Parse(context) is not var (id, version))
            return CreateError(context, 404, "Not Found");
        if (context.Request.Method != "GET")
            return CreateError(context, 405, "Method Not Allowed");
        var found = accounts.All.Select(account => account.Generations.FindByUrl(id, version, context.Behavior.ExpiresUrl));
        if (found.FirstOrDefault(file => file is not null) is not { } generation)
            return CreateError(context, 403, "Request has expired");

        var file = VideoLibrary.Find(generation.Parameters);
        var tag = $"\"{file.Tag}{context.Behavior.TagSuffix}\"";
        var modified = generation.EndedAt!.Value.ToString("R", CultureInfo.InvariantCulture);
        var complete = new EmulatedResponse(context, 200) { ContentType = "video/mp4", Body = file.Bytes }
            .WithHeader("Accept-Ranges", "bytes")
            .WithHeader("ETag", tag)
            .WithHeader("Last-Modified", modified);

        var condition = context.Http.Headers.IfRange.ToString();
        var isConditionMet = condition.Length == 0 || condition == tag || condition == modified;
        return isConditionMet && !context.Behavior.IgnoresRange
            ? SelectRange(complete, context.Http.Headers.Range.ToString())
            : complete;
    }

    private static EmulatedResponse SelectRange(EmulatedResponse complete, string header)
    {
        if (!RangeHeaderValue.TryParse(header, out var ranges) || ranges.Unit != "bytes" || ranges.Ranges.Count != 1)
            return complete;

        var range = ranges.Ranges.Single();
        var length = complete.Body.Length;
        var from = range.From ?? Math.Max(0, length - range.To!.Value);
        var to = range.From is null ? length - 1 : Math.Min(range.To ?? long.MaxValue, length - 1);
        if (from > to)
            return (complete with { Status = 416, Body = default }).WithHeader("Content-Range", $"bytes */{length}");

        return (complete with { Status = 206, Body = complete.Body[(int)from..((int)to + 1)] })
            .WithHeader("Content-Range", FormattableString.Invariant($"bytes {from}-{to}/{length}"));
    }

    private static EmulatedResponse CreateError(RequestContext context, int status, string text) =>
        EmulatedResponse.CreateText(context, status, "text/plain", text);
}

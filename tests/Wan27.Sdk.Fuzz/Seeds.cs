using System.Text;
using Wan27.Sdk.Fuzz.Targets;
using static Wan27.Sdk.TestSupport.ImageFiles;
using static Wan27.Sdk.TestSupport.AudioFiles;

namespace Wan27.Sdk.Fuzz;

/// <summary>The files of the corpus: small, valid or nearly so, one for each shape that a parser knows.</summary>
internal static class Seeds
{
    private const string Completed =
        """
        {"id":"gen-1","status":"completed","video":{"url":"https://cdn.example.com/a%2Fv.mp4?sig=a%2Bb","content_type":"video/mp4","file_name":"v.mp4","file_size":1234,"duration":5.04,"fps":24},
        "error":null,"meta":{"usage":{"credits_used":3900000,"usd_spent":1.95,"tokens_used":7},"region":"eu"},"client_request_id":"order-1","queue_position":3,"big":1e400}
        """;

    private const string Failed =
        """{"id":"gen-1","status":"error","video":null,"error":{"name":"n","message":"m https://a.com/x?sig=1","detail":[{"loc":["body",0],"msg":"bad","type":"t","input":"i"}],"code":{"deep":[1,2]}}}""";

    private const string Log =
        """{"data":[{"created":"2026-07-01T12:00:00Z","inference_id":"gen-1","client_request_id":"order-1"},{"inference_id":"gen-2","client_request_id":null}],"pagination":{"limit":100,"offset":0,"total":2,"has_more":false}}""";

    private const string Prices =
        """
        {"data":[{"id":"alibaba/wan-2-7-t2v","aliases":["wan"],"pricing":{"kind":"variants","currency":"USD","dimensions":["resolution"],"variants":[{"when":{"resolution":["720p"],"duration":"10s"},
        "price":0.1,"unit":"second","per":1},{"when":{"resolution":"1080p"},"price":"0.195","unit":"second","per":1}]}},{"id":"x","pricing":{"kind":"fixed","units":[{"name":"video","price":1,"per":0}]}}]}
        """;

    private const string CurrentError =
        """{"title":"Bad Request","status":400,"message":"no","requestId":"r-1","error":{"name":"BadRequestException","message":"bad","data":[{"code":"invalid_type","path":["body","duration"],"message":"Expected number"}]}}""";

    private const string NoCredits = """{"error":{"name":"ForbiddenException","message":"out of credits","data":{"kind":"err_insufficent_credits"}}}""";

    private const string OldError = """{"requestId":"r-1","statusCode":"429","timestamp":"t","path":"/v2/video/generations","message":["slow","down"]}""";

    private const string Html = "<!doctype html><html><body>522 https://a.com/?ray=1 data:image/png;base64,AAAA+/== sk-canary-0123456789</body></html>";

    private const string Journal =
        """
        {"clientRequestId":"order-1","fingerprint":"AB12","model":"alibaba/wan-2-7-t2v","state":"Intended","recordedAt":"2026-07-01T11:00:00+00:00"}
        {"clientRequestId":"order-1","fingerprint":"AB12","model":"alibaba/wan-2-7-t2v","state":"Accepted","generationId":"gen-1","recordedAt":"2026-07-01T11:00:01+00:00"}
        {"clientRequestId":"order-2","finger
        """;

    public static IEnumerable<(string Target, string Name, byte[] Content)> All =>
    [
        .. Named("media", ".bin",
            Png(640, 480, 2, "gAMA", "tEXt", "tRNS"), Png(640, 480, 6), Jpeg(640, 480, 0xC0, Segment(0xE0, new byte[14]), Exif(6, isLittleEndian: true)),
            Jpeg(640, 480, 0xC2, Exif(8, isLittleEndian: false), [0xFF, 0xFF, .. Segment(0xFE, new byte[40])]), Bmp(640, -480), OldBmp(640, 480), LossyWebp(640, 480),
            LosslessWebp(640, 480, hasAlpha: true), ExtendedWebp(640, 480, hasAlpha: true), Wav(100, 400, 400, Chunk("LIST", new byte[7])),
            WithTag(WithCount(Mp3(3, 9, 0, false, 4), "Xing", 36, 100), 100), WithCount(Mp3(2, 9, 0, true, 4), "VBRI", 36, 100), FreeFormat(100, 4),
            Rf64(100, 100), VideoFiles.Mp4(), [.. VideoFiles.FileType(), .. VideoFiles.Movie(0), .. VideoFiles.FragmentOf(1, 9, 9), .. VideoFiles.Data()]),
        .. Named("generation", ".json",
            Completed, Failed, """{"generation_id":"g","status":"waiting"}""", """{"id":7,"status":"SUCCEEDED","video":["https://a.com/1.mp4",{"url":"/v.mp4"},null]}""",
            """{"id":"a","status":"failed","error":"plain","meta":"odd"}""", """{"id":"a","status":"error","error":{"detail":"d"},"meta":{"usage":[1]}}"""),
        .. Named("error", ".txt", $"400\n\n{CurrentError}", $"403\nx-request-id: r-2\n\n{NoCredits}", $"429\nRetry-After: 7\n\n{OldError}", $"522\n\n{Html}", "500\n\n"),
        .. Named("words", ".txt", Html, Secrets.Key + Secrets.Prompt, "\u001B[31m\u202E\0 https://a.com/?a=1 HTTPS://b.com/x?b=2"),
        .. Named("read", ".txt",
            $"200\nx-inference-id: gen-1\n\n{Completed}", $"200\n\n{Failed}", $"200\nDate: Wed, 01 Jul 2026 12:00:00 GMT\n\n{Log}",
            """200{0}{"current_balance":12.5,"currency":"USD"}""".Replace("{0}", "\n\n", StringComparison.Ordinal), $"503\nRetry-After: 1\n\n{CurrentError}", $"200\n\n{Html}",
            $"200\n\n{Prices}"),
        .. Named("submit", ".txt",
            $"201\nx-inference-id: gen-1\nx-client-request-id: order-1\n\n{Completed}", $"200\n\n{Failed}", $"429\nRetry-After: 1\n\n{OldError}", $"429\nx-inference-id: gen-1\n\n{OldError}",
            $"403\n\n{NoCredits}", $"504\nDate: Wed, 01 Jul 2026 12:00:00 GMT\n\n{Log}", "307\nLocation: https://b.com/\n\n", $"200\nContent-Encoding: gzip\n\n{Completed}",
            $$"""200{0}{"id":"gen-{{Secrets.Key}}-1","status":"error"}""".Replace("{0}", "\n\n", StringComparison.Ordinal),
            $$"""200{0}{"id":"gen-1","video":n{{Secrets.Key}}}""".Replace("{0}", "\n\n", StringComparison.Ordinal)),
        .. Named("retry-after", ".txt", "7", "1.5", "Wed, 01 Jul 2026 12:00:30 GMT\nDate: Wed, 01 Jul 2026 12:00:00 GMT", "1, 2", "99999999999999999999999999999", "NaN"),
        .. Named("file-answer", ".txt",
            "206\nContent-Range: bytes 1000-4999/5000\nETag: \"v1\"\nContent-Length: 4000\n\n", "206\nContent-Range: bytes 1000-4999/*\nETag: W/\"v1\"\n\n",
            "416\nContent-Range: bytes */1000\n\n", "200\nContent-Length: 5000\nETag: \"v1\"\nTransfer-Encoding: chunked\n\n", "200\nContent-Encoding: gzip\n\n"),
        .. Named("container", ".bin",
            Video(), [.. Box("ftyp", "isom"u8), .. Box("moov", []), 0, 0, 0, 0, .. "mdat"u8, 1, 2, 3],
            [.. Box("ftyp", "isom"u8), .. Box("moov", []), 0, 0, 0, 1, .. "mdat"u8, .. Big32(0), .. Big32(20), 1, 2, 3, 4]),
        .. Named("journal", ".jsonl", Journal, Journal + "\n", "\n\n\n", """{"clientRequestId":"a"}""" + "\n"),
    ];

    private static byte[] Video() => [.. Box("ftyp", "isom\0\0\u0002\0isommp42"u8), .. Box("free", []), .. Box("moov", new byte[30]), .. Box("mdat", new byte[60])];

    private static byte[] Box(string type, ReadOnlySpan<byte> content) => [.. Big32(8 + content.Length), .. Encoding.ASCII.GetBytes(type), .. content];

    private static IEnumerable<(string, string, byte[])> Named(string target, string extension, params string[] texts) =>
        Named(target, extension, [.. texts.Select(Encoding.UTF8.GetBytes)]);

    private static IEnumerable<(string, string, byte[])> Named(string target, string extension, params byte[][] contents) =>
        contents.Select((content, i) => (target, $"{i + 1:00}{extension}", content));
}

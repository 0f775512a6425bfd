namespace Wan27.Sdk.Emulator.Api;

/// <summary>Provides the title and the error name of a status.</summary>
internal static class ErrorDescription
{
    public static (string Title, string Name) Get(int status) => status switch
    {
        400 => ("Bad Request", "BadRequestException"),
        401 => ("Unauthorized", "UnauthorizedException"),
        403 => ("Forbidden", "ForbiddenException"),
        404 => ("Not Found", "NotFoundException"),
        405 => ("Method Not Allowed", "MethodNotAllowedException"),
        409 => ("Conflict", "ConflictException"),
        413 => ("Payload Too Large", "PayloadTooLargeException"),
        415 => ("Unsupported Media Type", "UnsupportedMediaTypeException"),
        422 => ("Unprocessable Entity", "UnprocessableEntityException"),
        429 => ("Too Many Requests", "ThrottlerException"),
        500 => ("Internal Server Error", "InternalServerErrorException"),
        502 => ("Bad Gateway", "BadGatewayException"),
        503 => ("Service Unavailable", "ServiceUnavailableException"),
        504 => ("Generation timeout", "GatewayTimeoutException"),
        _ => ($"Status {status}", "HttpException"),
    };
}

using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Wan27.Sdk.Emulator.Faults;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Http;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>
/// Handles each request: records it in the ledger, selects its fault, invokes its endpoint and writes the response.
/// </summary>
internal sealed class RequestHandler(
    AccountDirectory accounts, EmulatorFaults faults, IdGenerator ids, WanEmulatorOptions options, IEnumerable<IEndpoint> endpoints)
{
    private const EmulatorOperations Public =
        EmulatorOperations.Models | EmulatorOperations.Metrics | EmulatorOperations.File | EmulatorOperations.Other;

    private readonly Dictionary<EmulatorOperations, IEndpoint> byOperation =
        endpoints.ToDictionary(endpoint => endpoint.Operation);

    public async Task HandleAsync(HttpContext http, bool isForFiles)
    {
        var known = accounts.Find(http.Request.Headers.Authorization.ToString());
        var account = known ?? accounts.First;
        var request = account.Ledger.Add(CreateEntry(http.Request, isForFiles));
        var isAllowed = known is not null || Public.HasFlag(request.Operation);

        // A client that waits to be asked for its body does not send it then.
        var body = isAllowed || http.Request.Headers.Expect.Count == 0
            ? await RequestBody.ReadAsync(http.Request.BodyReader, http.RequestAborted).ConfigureAwait(false)
            : RequestBody.Unread;
        request = account.Ledger.Update(request with
        {
            Body = body.IsComplete ? Encoding.UTF8.GetString(body.Text.Span) : "",
            BodyLength = body.Length,
            IsBodyComplete = body.IsComplete,
        });
        if (body is { IsComplete: false, IsUnread: false })
            return;

        var response = CreateResponse(http.Request, body, request, account, isAllowed);
        try
        {
            await ResponseWriter.WriteAsync(response, http).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // The client disconnected before the end of the response.
        }
    }

    private EmulatedResponse CreateResponse(
        HttpRequest http, RequestBody body, EmulatorRequest request, EmulatorAccount account, bool isAllowed)
    {
        var fault = faults.Take(request);
        var behavior = fault?.ChangeBehavior(EndpointBehavior.Default) ?? EndpointBehavior.Default;
        var context = new RequestContext(account, request, http, body, ids.NewRequestId(), options.TimeProvider.GetUtcNow(), behavior);

        var isRejected = fault is { IsAfterAccepting: false } && request.Operation == EmulatorOperations.Submit;
        var original = AddRequestIds(context, isRejected ? EmulatedResponse.CreateProblem(context, 503) : Handle(context, isAllowed));
        var response = fault is null ? original : fault.ChangeResponse(original);

        account.Ledger.Update(request with
        {
            Status = response.HasStatusLine ? response.Status : null,
            GenerationId = original.GenerationId,
            Fault = fault,
        });
        return response;
    }

    private EmulatedResponse Handle(RequestContext context, bool isAllowed)
    {
        if (!isAllowed)
            return EmulatedResponse.CreateProblem(context, 401, "Invalid or missing API key.");
        if (byOperation.TryGetValue(context.Request.Operation, out var endpoint))
            return endpoint.Handle(context);

        return EmulatedResponse.CreateProblem(context, Routes.IsKnown(context.Request.Path) ? 405 : 404);
    }

    private static EmulatedResponse AddRequestIds(RequestContext context, EmulatedResponse response) =>
        context.Request.Operation == EmulatorOperations.File
            ? response
            : response
                .WithHeader(HeaderNames.RequestId, context.RequestId)
                .WithHeader(HeaderNames.ClientRequestId, context.ClientRequestId);

    private EmulatorRequest CreateEntry(HttpRequest http, bool isForFiles) => new()
    {
        Number = 0,
        ReceivedAt = options.TimeProvider.GetUtcNow(),
        Operation = isForFiles ? EmulatorOperations.File : Routes.Match(http.Method, http.Path),
        Method = http.Method,
        Path = http.Path,
        Query = http.QueryString.Value ?? "",
        Protocol = http.Protocol,
        ClientRequestId = http.Headers.TryGetValue(HeaderNames.ClientRequestId, out var id) ? id.ToString() : null,
        HasAuthorization = http.Headers.Authorization.Count > 0,
    };
}

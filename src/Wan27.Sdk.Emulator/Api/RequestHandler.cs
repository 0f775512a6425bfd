using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Wan27.Sdk.Emulator.Faults;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Wire;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>The way of every request: into the ledger, past the faults, to its endpoint, and back.</summary>
internal sealed class RequestHandler(
    EmulatorLedger ledger, EmulatorFaults faults, IdGenerator ids, WanEmulatorOptions options, IEnumerable<IEndpoint> endpoints)
{
    private const EmulatorOperations Public =
        EmulatorOperations.Models | EmulatorOperations.Metrics | EmulatorOperations.File | EmulatorOperations.Other;

    private readonly Dictionary<EmulatorOperations, IEndpoint> byOperation = endpoints.ToDictionary(endpoint => endpoint.Operation);

    public async Task HandleAsync(HttpContext http, bool isForFiles)
    {
        var request = ledger.Add(Describe(http.Request, isForFiles));
        var body = await RequestBody.ReadAsync(http.Request.BodyReader, http.RequestAborted).ConfigureAwait(false);
        request = ledger.Update(request with
        {
            Body = body.IsComplete ? System.Text.Encoding.UTF8.GetString(body.Text.Span) : "",
            BodyLength = body.Length,
            IsBodyComplete = body.IsComplete,
        });
        if (!body.IsComplete)
            return;

        var answer = Answer(http.Request, body, request);
        try
        {
            await AnswerWriter.WriteAsync(answer, http).ConfigureAwait(false);
        }
        catch (Exception left) when (left is IOException or SocketException or OperationCanceledException)
        {
            // The client did not wait for the answer.
        }
    }

    private Answer Answer(HttpRequest http, RequestBody body, EmulatorRequest request)
    {
        var fault = faults.Take(request);
        var conditions = fault?.Change(Conditions.Usual) ?? Conditions.Usual;
        var call = new Call(request, http, body, ids.NewRequestId(), options.TimeProvider.GetUtcNow(), conditions);

        var isStopped = fault is { IsAfterAccepting: false } && request.Operation == EmulatorOperations.Submit;
        var served = Trace(call, isStopped ? Wire.Answer.Problem(call, 503) : Serve(call));
        var answer = fault is null ? served : fault.Alter(served);

        ledger.Update(request with
        {
            Status = answer.Begins ? answer.Status : null,
            GenerationId = served.GenerationId,
            Fault = fault,
        });
        return answer;
    }

    private Answer Serve(Call call)
    {
        if (!Public.HasFlag(call.Request.Operation) && call.Http.Headers.Authorization != $"Bearer {options.ApiKey}")
            return Wire.Answer.Problem(call, 401, "Invalid or missing API key.");
        if (byOperation.TryGetValue(call.Request.Operation, out var endpoint))
            return endpoint.Serve(call);

        return Wire.Answer.Problem(call, Routes.IsKnown(call.Request.Path) ? 405 : 404);
    }

    private static Answer Trace(Call call, Answer answer) => call.Request.Operation == EmulatorOperations.File
        ? answer
        : answer.WithHeader(HeaderNames.RequestId, call.RequestId).WithHeader(HeaderNames.ClientRequestId, call.ClientRequestId);

    private EmulatorRequest Describe(HttpRequest http, bool isForFiles) => new()
    {
        Number = 0,
        ReceivedAt = options.TimeProvider.GetUtcNow(),
        Operation = isForFiles ? EmulatorOperations.File : Routes.Find(http.Method, http.Path),
        Method = http.Method,
        Path = http.Path,
        Query = http.QueryString.Value ?? "",
        Protocol = http.Protocol,
        ClientRequestId = http.Headers.TryGetValue(HeaderNames.ClientRequestId, out var id) ? id.ToString() : null,
        HasAuthorization = http.Headers.Authorization.Count > 0,
    };
}

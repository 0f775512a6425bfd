namespace Wan27.Sdk.Emulator.Api;

/// <summary>Handles the requests of one operation.</summary>
internal interface IEndpoint
{
    EmulatorOperations Operation { get; }

    EmulatedResponse Handle(RequestContext context);
}

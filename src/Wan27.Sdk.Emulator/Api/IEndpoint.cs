using Wan27.Sdk.Emulator.Wire;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>Answers one kind of request.</summary>
internal interface IEndpoint
{
    EmulatorOperations Operation { get; }

    Answer Serve(Call call);
}

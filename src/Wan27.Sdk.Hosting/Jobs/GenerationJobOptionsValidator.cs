using Microsoft.Extensions.Options;

namespace Wan27.Sdk.Jobs;

/// <summary>Checks the settings of one service when the host starts.</summary>
internal sealed class GenerationJobOptionsValidator(string name) : IValidateOptions<GenerationJobOptions>
{
    public ValidateOptionsResult Validate(string? optionsName, GenerationJobOptions options) =>
        optionsName != name ? ValidateOptionsResult.Skip
        : options.Problem() is { } problem ? ValidateOptionsResult.Fail($"{nameof(GenerationJobOptions)}.{problem}")
        : ValidateOptionsResult.Success;
}

using Microsoft.Extensions.Options;

namespace Wan27.Sdk.DependencyInjection;

/// <summary>Checks the options when the host starts; a message names the setting as the configuration does.</summary>
internal sealed class WanVideoClientOptionsValidator(string name, string settings) : IValidateOptions<WanVideoClientOptions>
{
    public ValidateOptionsResult Validate(string? optionsName, WanVideoClientOptions options)
    {
        if (optionsName != name)
            return ValidateOptionsResult.Skip;
        var problems = options.Problems(settings).Concat(options.EnvironmentProblems(settings).Select(problem => problem.Message)).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}

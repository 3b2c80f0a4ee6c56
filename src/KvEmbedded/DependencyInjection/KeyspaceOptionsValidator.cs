using Microsoft.Extensions.Options;

namespace KvEmbedded.DependencyInjection;

/// <summary>Reports every option of a keyspace that is out of its range, when the host starts.</summary>
internal sealed class KeyspaceOptionsValidator : IValidateOptions<KeyspaceOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyspaceOptions options)
    {
        var faults = KeyspaceOptionsValidation.FaultsOf(options);
        if (faults.Count == 0) return ValidateOptionsResult.Success;
        return ValidateOptionsResult.Fail(
            string.IsNullOrEmpty(name) ? faults : faults.Select(fault => $"Keyspace '{name}': {fault}"));
    }
}

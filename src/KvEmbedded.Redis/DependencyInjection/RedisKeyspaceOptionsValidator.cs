using Microsoft.Extensions.Options;

namespace KvEmbedded.Redis.DependencyInjection;

/// <summary>Reports every option of a keyspace on a server that is out of its range, when the host starts.</summary>
internal sealed class RedisKeyspaceOptionsValidator : IValidateOptions<RedisKeyspaceOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisKeyspaceOptions options)
    {
        var faults = RedisKeyspaceOptionsValidation.FaultsOf(options);
        if (faults.Count == 0) return ValidateOptionsResult.Success;
        return ValidateOptionsResult.Fail(
            string.IsNullOrEmpty(name) ? faults : faults.Select(fault => $"Keyspace '{name}': {fault}"));
    }
}

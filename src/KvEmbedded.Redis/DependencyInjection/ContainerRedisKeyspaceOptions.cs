using Microsoft.Extensions.Options;

namespace KvEmbedded.Redis.DependencyInjection;

/// <summary>Gives options the clock that the container has, if the app has not named another.</summary>
internal sealed class ContainerRedisKeyspaceOptions(TimeProvider? timeProvider = null) : IPostConfigureOptions<RedisKeyspaceOptions>
{
    public void PostConfigure(string? name, RedisKeyspaceOptions options)
    {
        if (timeProvider is not null && !options.HasOwnTimeProvider) options.TimeProvider = timeProvider;
    }
}

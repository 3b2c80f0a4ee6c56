using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KvEmbedded.Redis.DependencyInjection;

/// <summary>Gives options what the container has and the app has not named: clock, logger factory.</summary>
internal sealed class ContainerRedisKeyspaceOptions(TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
    : IPostConfigureOptions<RedisKeyspaceOptions>
{
    public void PostConfigure(string? name, RedisKeyspaceOptions options)
    {
        if (timeProvider is not null && !options.HasOwnTimeProvider) options.TimeProvider = timeProvider;
        options.LoggerFactory ??= loggerFactory;
    }
}

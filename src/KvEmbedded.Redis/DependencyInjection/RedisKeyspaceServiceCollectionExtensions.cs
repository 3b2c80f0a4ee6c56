using KvEmbedded;
using KvEmbedded.Redis.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers keyspaces on a server with a container, in place of embedded ones.</summary>
public static class RedisKeyspaceServiceCollectionExtensions
{
    /// <summary>Registers one keyspace on a server, as <see cref="RedisKeyspace"/> and as <see cref="IKeyspace"/>.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="connectionString">As <see cref="RedisKeyspaceOptions.ConnectionString"/>.</param>
    /// <returns><paramref name="services"/>, for the next call.</returns>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> is empty.</exception>
    /// <remarks>See <see cref="AddRedisKeyspace(IServiceCollection, Action{RedisKeyspaceOptions}?)"/>.</remarks>
    public static IServiceCollection AddRedisKeyspace(this IServiceCollection services, string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return services.AddRedisKeyspace(options => options.ConnectionString = connectionString);
    }

    /// <summary>Registers one keyspace on a server, as <see cref="RedisKeyspace"/> and as <see cref="IKeyspace"/>.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Sets options; null leaves them as they are.</param>
    /// <returns><paramref name="services"/>, for the next call.</returns>
    /// <remarks>
    /// <para>It stands in for <c>AddEmbeddedKeyspace()</c>: code that takes <see cref="IKeyspace"/> stays as it is. The keyspace is
    /// a singleton, made when it is first asked for and disposed with the container. Without a connection string it uses the
    /// <see cref="IConnectionMultiplexer"/> that is registered, which it does not dispose.</para>
    /// <para>The options are those of <c>services.AddOptions&lt;RedisKeyspaceOptions&gt;()</c>; when the host starts they are checked.
    /// The clock is the container's <see cref="TimeProvider"/> and the log its <c>ILoggerFactory</c>, if there is one and the options
    /// name no other.</para>
    /// </remarks>
    public static IServiceCollection AddRedisKeyspace(
        this IServiceCollection services, Action<RedisKeyspaceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        AddOptions(services, Options.Options.DefaultName, configure);
        services.TryAddSingleton(static provider => Make(provider, Options.Options.DefaultName, provider.GetService<IConnectionMultiplexer>));
        services.TryAddSingleton<IKeyspace>(static provider => provider.GetRequiredService<RedisKeyspace>());
        return services;
    }

    /// <summary>
    /// Registers a keyspace on a server beside others, under a name: as keyed <see cref="RedisKeyspace"/> and
    /// <see cref="IKeyspace"/>, with the named options of that name.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="name">The service key and the options' name. Not empty.</param>
    /// <param name="configure">Sets options, such as the connection string.</param>
    /// <returns><paramref name="services"/>, for the next call.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <remarks>
    /// Take it with <c>[FromKeyedServices(name)]</c>. Without a connection string it uses the
    /// <see cref="IConnectionMultiplexer"/> that is registered under the same key, else the one without.
    /// </remarks>
    public static IServiceCollection AddRedisKeyspace(
        this IServiceCollection services, string name, Action<RedisKeyspaceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        AddOptions(services, name, configure);
        services.TryAddKeyedSingleton(name, static (provider, key) => Make(
            provider, (string)key!,
            () => provider.GetKeyedService<IConnectionMultiplexer>(key) ?? provider.GetService<IConnectionMultiplexer>()));
        services.TryAddKeyedSingleton<IKeyspace>(name, static (provider, key) => provider.GetRequiredKeyedService<RedisKeyspace>(key));
        return services;
    }

    private static void AddOptions(IServiceCollection services, string name, Action<RedisKeyspaceOptions>? configure)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<RedisKeyspaceOptions>, ContainerRedisKeyspaceOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisKeyspaceOptions>, RedisKeyspaceOptionsValidator>());
        var options = services.AddOptions<RedisKeyspaceOptions>(name).ValidateOnStart();
        if (configure is not null) options.Configure(configure);
    }

    private static RedisKeyspace Make(IServiceProvider provider, string name, Func<IConnectionMultiplexer?> registered)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<RedisKeyspaceOptions>>().Get(name);
        return string.IsNullOrWhiteSpace(options.ConnectionString) && registered() is { } multiplexer
            ? new RedisKeyspace(multiplexer, options)
            : new RedisKeyspace(options);
    }
}

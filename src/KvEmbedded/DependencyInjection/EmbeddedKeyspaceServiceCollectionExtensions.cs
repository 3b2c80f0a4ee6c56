using KvEmbedded;
using KvEmbedded.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers keyspaces of this process with a container.</summary>
public static class EmbeddedKeyspaceServiceCollectionExtensions
{
    /// <summary>Registers one keyspace, as <see cref="Keyspace"/> and as <see cref="IKeyspace"/>.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Sets options; null leaves them as they are.</param>
    /// <returns><paramref name="services"/>, for the next call.</returns>
    /// <remarks>
    /// <para>The keyspace is a singleton, made when it is first asked for and disposed with the container: calls that wait
    /// then end with <see cref="ObjectDisposedException"/>. Registering it again adds options to the same keyspace.</para>
    /// <para>The options are those of <c>services.AddOptions&lt;KeyspaceOptions&gt;()</c>, so that an app may bind them to its
    /// configuration; when the host starts they are checked, and all that are out of range are reported at once. Clock,
    /// logger factory and meter factory are the container's, unless the options name others.</para>
    /// </remarks>
    public static IServiceCollection AddEmbeddedKeyspace(
        this IServiceCollection services, Action<KeyspaceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        AddOptions(services, Options.Options.DefaultName, configure);
        services.TryAddSingleton(static provider => Make(provider, Options.Options.DefaultName));
        services.TryAddSingleton<IKeyspace>(static provider => provider.GetRequiredService<Keyspace>());
        return services;
    }

    /// <summary>
    /// Registers a keyspace beside others, under a name: as keyed <see cref="Keyspace"/> and <see cref="IKeyspace"/>, with
    /// the named options of that name.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="name">The service key, the options' name and the keyspace's own name. Not empty.</param>
    /// <param name="configure">Sets options; null leaves them as they are.</param>
    /// <returns><paramref name="services"/>, for the next call.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <remarks>
    /// Take it with <c>[FromKeyedServices(name)]</c>. See
    /// <see cref="AddEmbeddedKeyspace(IServiceCollection, Action{KeyspaceOptions}?)"/> for the rest.
    /// </remarks>
    public static IServiceCollection AddEmbeddedKeyspace(
        this IServiceCollection services, string name, Action<KeyspaceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        AddOptions(services, name, configure);
        services.TryAddKeyedSingleton(name, static (provider, key) => Make(provider, (string)key!));
        services.TryAddKeyedSingleton<IKeyspace>(name, static (provider, key) => provider.GetRequiredKeyedService<Keyspace>(key));
        return services;
    }

    private static void AddOptions(IServiceCollection services, string name, Action<KeyspaceOptions>? configure)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<KeyspaceOptions>, ContainerKeyspaceOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KeyspaceOptions>, KeyspaceOptionsValidator>());
        var options = services.AddOptions<KeyspaceOptions>(name).ValidateOnStart();
        if (configure is not null) options.Configure(configure);
    }

    private static Keyspace Make(IServiceProvider provider, string name) =>
        new(provider.GetRequiredService<IOptionsMonitor<KeyspaceOptions>>().Get(name));
}

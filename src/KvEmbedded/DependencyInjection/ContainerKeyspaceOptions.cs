using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KvEmbedded.DependencyInjection;

/// <summary>Gives options what the container has and the app has not named: clock, logger factory, meter factory, name.</summary>
internal sealed class ContainerKeyspaceOptions(
    TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null, IMeterFactory? meterFactory = null)
    : IPostConfigureOptions<KeyspaceOptions>
{
    public void PostConfigure(string? name, KeyspaceOptions options)
    {
        if (timeProvider is not null && !options.HasOwnTimeProvider) options.TimeProvider = timeProvider;
        options.LoggerFactory ??= loggerFactory;
        options.MeterFactory ??= meterFactory;
        if (!string.IsNullOrEmpty(name) && options.Name == KeyspaceOptions.DefaultName) options.Name = name;
    }
}

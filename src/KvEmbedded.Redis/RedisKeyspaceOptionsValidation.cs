using StackExchange.Redis;

namespace KvEmbedded.Redis;

/// <summary>The ranges of <see cref="RedisKeyspaceOptions"/>, checked together.</summary>
internal static class RedisKeyspaceOptionsValidation
{
    private static readonly TimeSpan IntervalMin = TimeSpan.FromMilliseconds(1), IntervalMax = TimeSpan.FromHours(1);

    /// <exception cref="ArgumentException">At least one option is out of its range; the text names all that are.</exception>
    public static void Check(RedisKeyspaceOptions options, bool needsConnectionString)
    {
        var faults = FaultsOf(options);
        if (needsConnectionString && string.IsNullOrWhiteSpace(options.ConnectionString))
            faults.Add($"{nameof(options.ConnectionString)} is empty; say where the server is, such as localhost:6379.");
        if (faults.Count > 0)
            throw new ArgumentException($"Keyspace options out of range: {string.Join(" ", faults)}", nameof(options));
    }

    /// <summary>One sentence per option that is out of range; empty if all is well.</summary>
    public static List<string> FaultsOf(RedisKeyspaceOptions options)
    {
        var faults = new List<string>();
        if (options.ConnectionString is { Length: > 0 } text && FaultOf(text) is { } fault)
            faults.Add($"{nameof(options.ConnectionString)} cannot be read: {fault}");
        if (options.Database < 0)
            faults.Add($"{nameof(options.Database)} is {options.Database}; give 0 or more, or leave it null.");
        if (options.KeyPrefix is null)
            faults.Add($"{nameof(options.KeyPrefix)} is null; leave it empty for none.");
        if (options.TimeProvider is null)
            faults.Add($"{nameof(options.TimeProvider)} is null; give one, such as TimeProvider.System.");
        if (options.ValueLengthMax is < 1 or > RedisKeyspaceOptions.LongestValue)
            faults.Add($"{nameof(options.ValueLengthMax)} is {options.ValueLengthMax}; the range is 1 to {RedisKeyspaceOptions.LongestValue}.");
        if (options.EventBufferCapacity is < 1 or > KeyspaceOptionsValidation.CountMax)
            faults.Add($"{nameof(options.EventBufferCapacity)} is {options.EventBufferCapacity}; the range is 1 to {KeyspaceOptionsValidation.CountMax}.");
        if (options.PollIntervalMax < IntervalMin || options.PollIntervalMax > IntervalMax)
            faults.Add($"{nameof(options.PollIntervalMax)} is {options.PollIntervalMax}; the range is {IntervalMin} to {IntervalMax}.");
        if (options.PollIntervalMin < IntervalMin || options.PollIntervalMin > options.PollIntervalMax)
            faults.Add($"{nameof(options.PollIntervalMin)} is {options.PollIntervalMin}; the range is {IntervalMin} to {nameof(options.PollIntervalMax)}.");
        return faults;
    }

    // The text may hold a password, so only what is wrong with it is told.
    private static string? FaultOf(string connectionString)
    {
        try
        {
            return ConfigurationOptions.Parse(connectionString).EndPoints.Count == 0 ? "it names no server." : null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }
}

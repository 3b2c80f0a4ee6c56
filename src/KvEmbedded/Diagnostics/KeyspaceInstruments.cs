using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Diagnostics;

/// <summary>
/// The instruments of one meter. All keyspaces that were given the same meter share them and are told apart by a tag.
/// Nearly all are observed: they cost nothing until somebody asks.
/// </summary>
/// <remarks>
/// Keyspaces are held weakly, so that one which nobody disposes can still be collected. A keyspace without a meter
/// factory belongs to the process's own meter.
/// </remarks>
internal sealed class KeyspaceInstruments
{
    public const string KeyspaceTag = "kvembedded.keyspace";
    public const string CommandTag = "kvembedded.command";
    public const string ResultTag = "kvembedded.result";

    private static readonly ConditionalWeakTable<Meter, KeyspaceInstruments> OfMeters = [];
    private static readonly Meter ProcessMeter = new(Options());

    private readonly ConditionalWeakTable<EmbeddedStore, string> keyspaces = [];

    private KeyspaceInstruments(Meter meter)
    {
        CommandDuration = meter.CreateHistogram(
            "kvembedded.command.duration", "s", "How long commands that can run long, and transaction bodies, held the loop.",
            tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.00001, 0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5] });
        meter.CreateObservableCounter("kvembedded.commands", () => Observe(Figures.Commands), "{command}", "Commands run.");
        meter.CreateObservableCounter("kvembedded.reads", ObserveReads, "{read}", "Reads of strings, by result: hit or miss.");
        meter.CreateObservableUpDownCounter("kvembedded.keys", () => Observe(Figures.Keys), "{key}", "Keys.");
        meter.CreateObservableUpDownCounter("kvembedded.memory", () => Observe(Figures.MemoryBytes), "By", "Memory held by keys and values.");
        meter.CreateObservableUpDownCounter(
            "kvembedded.callers.waiting", () => Observe(Figures.WaitingCallers), "{caller}", "Callers whose commands wait for the loop.");
        meter.CreateObservableUpDownCounter(
            "kvembedded.callers.parked", () => Observe(Figures.ParkedCallers), "{caller}", "Callers parked in blocking operations.");
        meter.CreateObservableCounter(
            "kvembedded.keys.expired", () => Observe(Figures.ExpiredKeys), "{key}", "Keys removed because their time had come.");
        meter.CreateObservableCounter(
            "kvembedded.events.dropped", () => Observe(Figures.EventsDropped), "{event}", "Key events that slow subscribers did not get.");
        meter.CreateObservableCounter(
            "kvembedded.messages.dropped", () => Observe(Figures.MessagesDropped), "{message}", "Messages that slow subscribers did not get.");
        meter.CreateObservableCounter(
            "kvembedded.commands.slow", () => Observe(Figures.SlowCommands), "{command}", "Commands noted in the slow log.");
        meter.CreateObservableCounter(
            "kvembedded.stalls", () => Observe(Figures.Stalls), "{stall}", "Times that the loop was held too long.");
    }

    /// <summary>Told how long each measured command held the loop; the one instrument that is not observed.</summary>
    public Histogram<double> CommandDuration { get; }

    /// <summary>The instruments of the factory's meter, or of the process's own.</summary>
    public static KeyspaceInstruments Of(IMeterFactory? factory) =>
        OfMeters.GetValue(factory?.Create(Options()) ?? ProcessMeter, static meter => new KeyspaceInstruments(meter));

    public void Add(EmbeddedStore store) => keyspaces.Add(store, store.Options.Name);

    public void Remove(EmbeddedStore store) => keyspaces.Remove(store);

    private static MeterOptions Options() => new(KeyspaceDiagnostics.MeterName) { Version = KeyspaceDiagnostics.Version };

    private IEnumerable<Measurement<long>> Observe(Func<EmbeddedStore, long> figure)
    {
        foreach (var (store, name) in keyspaces)
            yield return new Measurement<long>(figure(store), new KeyValuePair<string, object?>(KeyspaceTag, name));
    }

    private IEnumerable<Measurement<long>> ObserveReads()
    {
        foreach (var (store, name) in keyspaces)
        {
            var keyspace = new KeyValuePair<string, object?>(KeyspaceTag, name);
            yield return new Measurement<long>(Figures.Hits(store), keyspace, new KeyValuePair<string, object?>(ResultTag, "hit"));
            yield return new Measurement<long>(Figures.Misses(store), keyspace, new KeyValuePair<string, object?>(ResultTag, "miss"));
        }
    }
}

using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.TDigests;

/// <summary>The t-digest at one key. Each family of commands has a file of its own.</summary>
internal sealed partial class TDigestHandle : KeyHandle, ITDigest
{
    public TDigestHandle(Door door, EncodedKey key) : base(door, key)
    {
    }

    public ValueTask CreateAsync(int compression, CancellationToken cancellationToken)
    {
        TDigestArguments.CheckCompression(compression, nameof(compression));
        return Awaited(door.RunAsync(key, compression, static (turn, key, compression) => Create(turn, key, compression), cancellationToken));
    }

    public ValueTask AddAsync(double value, CancellationToken cancellationToken)
    {
        TDigestArguments.CheckFinite(value, nameof(value));
        return Awaited(door.RunAsync(key, value, static (turn, key, value) => Add(turn, key, [value]), cancellationToken));
    }

    public ValueTask AddAsync(IReadOnlyCollection<double> values, CancellationToken cancellationToken)
    {
        var copies = TDigestArguments.Copy(values, "value");
        foreach (var value in copies) TDigestArguments.CheckFinite(value, nameof(values));
        return Awaited(door.RunMeasuredAsync(key, copies, static (turn, key, values) => Add(turn, key, values), cancellationToken));
    }

    public ValueTask ResetAsync(CancellationToken cancellationToken) =>
        Awaited(door.RunAsync(key, 0, static (turn, key, _) => Reset(turn, key), cancellationToken));

    private static async ValueTask Awaited(ValueTask<bool> command) => await command.ConfigureAwait(false);

    /// <summary>Makes an empty digest (TDIGEST.CREATE).</summary>
    private static bool Create(Turn turn, EncodedKey key, int compression)
    {
        if (turn.Find<Digest>(key) is not null) throw new SketchExistsException(key.Bytes, KeyType.TDigest);
        turn.Put(key, new Digest(compression));
        turn.Changed(key, KeyEventKind.TDigestCreated);
        return true;
    }

    /// <summary>Adds observations (TDIGEST.ADD).</summary>
    private static bool Add(Turn turn, EncodedKey key, ReadOnlySpan<double> values)
    {
        var digest = FindToChange(turn, key);
        turn.RequireMemory(key);
        digest.Add(values);
        turn.Changed(key, KeyEventKind.TDigestAdded);
        return true;
    }

    /// <summary>Forgets all observations (TDIGEST.RESET).</summary>
    private static bool Reset(Turn turn, EncodedKey key)
    {
        FindToChange(turn, key).Reset();
        turn.Changed(key, KeyEventKind.TDigestReset);
        return true;
    }

    /// <exception cref="SketchMissingException">The key is missing.</exception>
    private static Digest FindToChange(Turn turn, EncodedKey key) =>
        turn.FindToChange<Digest>(key) ?? throw new SketchMissingException(key.Bytes, KeyType.TDigest);
}

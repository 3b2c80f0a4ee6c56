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
        CheckCompression(compression, nameof(compression));
        return Awaited(door.RunAsync(key, compression, static (turn, key, compression) => Create(turn, key, compression), cancellationToken));
    }

    public ValueTask AddAsync(double value, CancellationToken cancellationToken)
    {
        Finite(value, nameof(value));
        return Awaited(door.RunAsync(key, value, static (turn, key, value) => Add(turn, key, [value]), cancellationToken));
    }

    public ValueTask AddAsync(IReadOnlyCollection<double> values, CancellationToken cancellationToken)
    {
        var copies = Copy(values, "value");
        foreach (var value in copies) Finite(value, nameof(values));
        return Awaited(door.RunMeasuredAsync(key, copies, static (turn, key, values) => Add(turn, key, values), cancellationToken));
    }

    public ValueTask ResetAsync(CancellationToken cancellationToken) =>
        Awaited(door.RunAsync(key, 0, static (turn, key, _) => Reset(turn, key), cancellationToken));

    private static async ValueTask Awaited(ValueTask<bool> command) => await command.ConfigureAwait(false);

    private static void CheckCompression(int compression, string name)
    {
        if (compression is < 1 or > Digest.CompressionMax)
            throw new ArgumentOutOfRangeException(name, compression, $"The compression of a t-digest is 1 to {Digest.CompressionMax}.");
    }

    private static void Finite(double value, string name)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value, "An observation is a finite number.");
    }

    private static T[] Copy<T>(IReadOnlyCollection<T> values, string what)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Count > 0 ? [.. values] : throw new ArgumentException($"At least one {what} is needed.", nameof(values));
    }

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

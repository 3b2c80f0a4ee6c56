using KvEmbedded.Engine;

namespace KvEmbedded.Keys;

internal sealed partial class KeysHandle
{
    public ValueTask<bool> RenameAsync(
        KvKey source, KvKey destination, ExistingDestination existing, CancellationToken cancellationToken) =>
        door.RunAsync(
            door.Encode(source), (destination: door.Encode(destination), existing: Require.Named(existing)),
            static (turn, source, a) => Rename(turn, source, a.destination, a.existing) == MoveOutcome.Done, cancellationToken);

    public ValueTask<bool> CopyAsync(
        KvKey source, KvKey destination, ExistingDestination existing, CancellationToken cancellationToken)
    {
        if (source == destination)
        {
            throw new ArgumentException(
                $"Key '{KeyText.Of(source)}' cannot be copied onto itself. Give another destination.", nameof(destination));
        }

        return door.RunMeasuredAsync(
            door.Encode(source), (destination: door.Encode(destination), existing: Require.Named(existing)),
            static (turn, source, a) => Copy(turn, source, a.destination, a.existing) == MoveOutcome.Done, cancellationToken);
    }

    /// <summary>Moves a value, with its time to live, from one key to another (RENAME, RENAMENX).</summary>
    internal static MoveOutcome Rename(Turn turn, EncodedKey source, EncodedKey destination, ExistingDestination existing)
    {
        if (!turn.TryFind(source, out _)) return MoveOutcome.SourceMissing;
        if (existing == ExistingDestination.Keep && turn.Exists(destination)) return MoveOutcome.DestinationExists;
        if (source.Equals(destination)) return MoveOutcome.Done;

        turn.Rename(source, destination);
        turn.Changed(source, KeyEventKind.RenamedFrom);
        turn.Changed(destination, KeyEventKind.RenamedTo);
        return MoveOutcome.Done;
    }

    /// <summary>Puts a deep copy of a value, with its time to live, at another key (COPY).</summary>
    internal static MoveOutcome Copy(Turn turn, EncodedKey source, EncodedKey destination, ExistingDestination existing)
    {
        if (!turn.TryFind(source, out _)) return MoveOutcome.SourceMissing;
        if (existing == ExistingDestination.Keep && turn.Exists(destination)) return MoveOutcome.DestinationExists;

        turn.Copy(source, destination);
        turn.Changed(destination, KeyEventKind.CopiedTo);
        return MoveOutcome.Done;
    }
}

/// <summary>How a rename or a copy ended; the wire tells all three apart.</summary>
internal enum MoveOutcome
{
    Done,
    SourceMissing,
    DestinationExists,
}

using KvEmbedded.Engine;

namespace KvEmbedded.Sets;

internal sealed partial class SetsHandle
{
    public ValueTask<bool> MoveAsync(KvKey source, KvKey destination, KvValue member, CancellationToken cancellationToken)
    {
        var to = door.Encode(destination);
        Require.ValueLength(door, to, member);
        return door.RunAsync(
            door.Encode(source), (to, Member: member.ToMemory()),
            static (turn, source, a) => Move(turn, source, a.to, a.Member.Span), cancellationToken);
    }

    /// <summary>Takes a member out of one set and puts it into another (SMOVE).</summary>
    private static bool Move(Turn turn, EncodedKey source, EncodedKey destination, ReadOnlySpan<byte> member)
    {
        if (turn.Find<MemberSet>(source) is not { } from) return false;
        var to = turn.Find<MemberSet>(destination);
        if (!from.Contains(member)) return false;
        if (ReferenceEquals(from, to)) return true;

        if (to is not null) SetWrites.RequireRoom(destination, to, member);
        turn.RequireMemory(destination, SetWrites.BytesOf(member.Length));
        turn.CloseToReaders();
        turn.FindToChange<MemberSet>(source)!.Remove(member);
        turn.Changed(source, KeyEventKind.SetRemoved);
        if (from.IsEmpty)
        {
            turn.Remove(source);
            turn.Changed(source, KeyEventKind.Deleted);
        }

        SetWrites.Add(turn, destination, member);
        return true;
    }
}

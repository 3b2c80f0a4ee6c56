using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.SortedSets;

/// <summary>The sorted set at one key. Each family of commands has a file of its own.</summary>
internal sealed partial class SortedSetHandle : KeyHandle, ISortedSet
{
    /// <summary>Members up to here are encoded on the stack.</summary>
    private const int ScratchLength = 256;

    public SortedSetHandle(Door door, EncodedKey key) : base(door, key)
    {
    }

    /// <summary>A command on one member, whose bytes are good for as long as it runs.</summary>
    private delegate TResult MemberCommand<in TArgs, out TResult>(Turn turn, EncodedKey key, ReadOnlySpan<byte> member, TArgs args);

    /// <summary>Runs a command on one member; where the loop is idle, without an array for it.</summary>
    private ValueTask<TResult> RunOnMemberAsync<TArgs, TResult>(
        KvValue member, TArgs args, MemberCommand<TArgs, TResult> command, CancellationToken cancellationToken)
    {
        if (!door.TryEnter(cancellationToken, out var turn))
        {
            return door.RunAsync(
                key, (Member: member.ToMemory(), args, command),
                static (turn, key, a) => a.command(turn, key, a.Member.Span, a.args), cancellationToken);
        }

        try
        {
            Span<byte> scratch = stackalloc byte[ScratchLength];
            return new ValueTask<TResult>(command(turn, key, member.Payload.Bytes(scratch), args));
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<TResult>(exception);
        }
        finally
        {
            door.Leave(turn);
        }
    }

    /// <summary>The members' bytes; nobody changes them until the command has ended.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    private static ReadOnlyMemory<byte>[] Encode(IReadOnlyCollection<KvValue> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count == 0) throw new ArgumentException("At least one member is needed.", nameof(members));
        var encoded = new ReadOnlyMemory<byte>[members.Count];
        var i = 0;
        foreach (var member in members) encoded[i++] = member.ToMemory();
        return encoded;
    }
}

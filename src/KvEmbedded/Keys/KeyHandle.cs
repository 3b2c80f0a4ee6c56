using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Keys;

/// <summary>What the handle of every data type is: a key, the door it is reached through, and the commands on any key.</summary>
internal abstract class KeyHandle(Door door, EncodedKey key) : IKeyHandle
{
    /// <summary>Members up to here are encoded on the stack.</summary>
    protected const int ScratchLength = 256;

    /// <summary>The way to the loop.</summary>
    protected readonly Door door = door;

    /// <summary>The key with the view's prefix.</summary>
    protected readonly EncodedKey key = key;

    /// <summary>A command on one member, whose bytes are good for as long as it runs.</summary>
    protected delegate TResult MemberCommand<in TArgs, out TResult>(Turn turn, EncodedKey key, ReadOnlySpan<byte> member, TArgs args);

    public KvKey Key => key.Bytes;

    public ValueTask<bool> ExistsAsync(CancellationToken cancellationToken = default) =>
        door.RunAsync(key, 0, static (turn, key, _) => turn.Exists(key), cancellationToken);

    public ValueTask<bool> DeleteAsync(CancellationToken cancellationToken = default) =>
        door.RunAsync(key, 0, static (turn, key, _) => KeysHandle.Delete(turn, key), cancellationToken);

    public ValueTask<bool> ExpireAsync(TimeSpan timeToLive, CancellationToken cancellationToken = default) =>
        door.RunAsync(
            key, timeToLive, static (turn, key, timeToLive) => KeysHandle.ExpireIn(turn, key, timeToLive, ExpireWhen.Always),
            cancellationToken);

    public ValueTask<TimeSpan?> GetTimeToLiveAsync(CancellationToken cancellationToken = default) =>
        door.RunAsync(key, 0, static (turn, key, _) => KeysHandle.TimeToLive(turn, key), cancellationToken);

    /// <summary>Runs a command on one member; where the loop is idle, without an array for it.</summary>
    protected ValueTask<TResult> RunOnMemberAsync<TArgs, TResult>(
        KvValue member, TArgs args, MemberCommand<TArgs, TResult> command, CancellationToken cancellationToken)
    {
        Span<byte> scratch = stackalloc byte[ScratchLength];
        var bytes = member.Payload.Bytes(scratch);
        if (!door.TryEnter(cancellationToken, out var turn)) return RunLaterAsync(member, args, command, cancellationToken);

        try
        {
            return new ValueTask<TResult>(command(turn, key, bytes, args));
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

    // Apart, so that its locals cost the common case nothing.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask<TResult> RunLaterAsync<TArgs, TResult>(
        KvValue member, TArgs args, MemberCommand<TArgs, TResult> command, CancellationToken cancellationToken) =>
        door.RunAsync(
            key, (Member: member.ToMemory(), args, command),
            static (turn, key, a) => a.command(turn, key, a.Member.Span, a.args), cancellationToken);

    /// <summary>The members' bytes; nobody changes them until the command has ended.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    protected static ReadOnlyMemory<byte>[] Encode(IReadOnlyCollection<KvValue> members)
    {
        Require.Some(members, "member");
        var encoded = new ReadOnlyMemory<byte>[members.Count];
        var i = 0;
        foreach (var member in members) encoded[i++] = member.ToMemory();
        return encoded;
    }
}

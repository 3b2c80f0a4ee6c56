using System.Runtime.CompilerServices;
using KvEmbedded.Diagnostics;
using KvEmbedded.Transactions;

namespace KvEmbedded.Engine;

/// <summary>
/// The way from a handle to the loop: every handle of a view shares its view's door. It knows the view's prefix, whether
/// callers wait synchronously, and whether commands are steps of a transaction.
/// </summary>
internal sealed class Door(Dispatcher dispatcher, EmbeddedStore store, byte[] prefix, TransactionScope? transaction, bool isSynchronous)
{
    public EmbeddedStore Store => store;

    public byte[] Prefix => prefix;

    /// <summary>True inside a transaction: then every read is a step of it.</summary>
    public bool IsTransaction => transaction is not null;

    public Door WithPrefix(KvKey more) => new(dispatcher, store, Encode(more).Bytes, transaction, isSynchronous);

    public Door Synchronously() => new(dispatcher, store, prefix, transaction, isSynchronous: true);

    public Door Within(TransactionScope scope) => new(dispatcher, store, prefix, scope, isSynchronous);

    /// <summary>The key as the store knows it: a copy of its bytes behind the view's prefix, hashed.</summary>
    public EncodedKey Encode(KvKey key)
    {
        var bytes = new byte[prefix.Length + key.Length];
        prefix.CopyTo(bytes, 0);
        key.Payload.CopyTo(bytes.AsSpan(prefix.Length));
        return new EncodedKey(bytes);
    }

    /// <summary>The key's bytes behind the view's prefix, in <paramref name="scratch"/> where they fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Encode(in KvKey key, Span<byte> scratch, out uint hash) =>
        prefix.Length == 0 ? key.Payload.Bytes(scratch, out hash) : EncodeBehindPrefix(key, scratch, out hash);

    private ReadOnlySpan<byte> EncodeBehindPrefix(in KvKey key, Span<byte> scratch, out uint hash)
    {
        ReadOnlySpan<byte> bytes;
        if (prefix.Length + key.Payload.LengthMax <= scratch.Length)
        {
            prefix.CopyTo(scratch);
            bytes = scratch[..(prefix.Length + key.Payload.CopyTo(scratch[prefix.Length..]))];
        }
        else
        {
            bytes = Encode(key).Bytes;
        }

        hash = ByteHash.Of(bytes);
        return bytes;
    }

    /// <summary>True if a read need not go through the loop.</summary>
    public bool ReadsFreely(CancellationToken cancellationToken) => transaction is null && !cancellationToken.IsCancellationRequested;

    /// <summary>
    /// Takes the idle loop for a command whose arguments are on the stack. Then <see cref="Leave"/> must follow in any case;
    /// otherwise the command goes through <see cref="RunAsync"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnter(CancellationToken cancellationToken, out Turn turn)
    {
        turn = dispatcher.Turn;
        return transaction is null && !cancellationToken.IsCancellationRequested && dispatcher.TryTakeInline();
    }

    /// <summary>Ends the turn and lets go of the loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave(Turn turn)
    {
        try
        {
            turn.End();
        }
        finally
        {
            dispatcher.Release();
        }
    }

    /// <summary>Runs a command of a caller who has taken the loop with <see cref="TryEnter"/>, and lets go of it.</summary>
    public ValueTask<TResult> RunAndLeave<TArgs, TResult>(
        Turn turn, EncodedKey key, TArgs args, Func<Turn, EncodedKey, TArgs, TResult> command) where TArgs : allows ref struct
    {
        try
        {
            return new ValueTask<TResult>(command(turn, key, args));
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<TResult>(exception);
        }
        finally
        {
            Leave(turn);
        }
    }

    /// <summary>As <see cref="RunAsync"/>, the shortest way where the loop is idle: for what takes some nanoseconds.</summary>
    public ValueTask<TResult> RunShortAsync<TArgs, TResult>(
        EncodedKey key, TArgs args, Func<Turn, EncodedKey, TArgs, TResult> command, CancellationToken cancellationToken) =>
        TryEnter(cancellationToken, out var turn) ? RunAndLeave(turn, key, args, command) : RunAsync(key, args, command, cancellationToken);

    /// <summary>The keys as the store knows them.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public EncodedKey[] Encode(IReadOnlyCollection<KvKey> keys, [CallerArgumentExpression(nameof(keys))] string? name = null)
    {
        Require.Some(keys, "key", name);
        var encoded = new EncodedKey[keys.Count];
        var i = 0;
        foreach (var key in keys) encoded[i++] = Encode(key);
        return encoded;
    }

    /// <summary>A stored key as this view shows it: without the prefix.</summary>
    public KvKey Decode(byte[] stored) => prefix.Length == 0 ? stored : (ReadOnlyMemory<byte>)stored.AsMemory(prefix.Length);

    /// <summary>Runs a command that does not wait, as a turn of its own or as a step of the transaction.</summary>
    public ValueTask<TResult> RunAsync<TArgs, TResult>(
        EncodedKey key, TArgs args, Func<Turn, EncodedKey, TArgs, TResult> command, CancellationToken cancellationToken) =>
        transaction is null && !isSynchronous
            ? dispatcher.RunAsync(key, args, command, null, cancellationToken)
            : RunElsewhere(key, args, command, null, cancellationToken);

    /// <summary>As <see cref="RunAsync"/>, for a command that may run long: it is timed, and noted if it was slow.</summary>
    public ValueTask<TResult> RunMeasuredAsync<TArgs, TResult>(
        EncodedKey key, TArgs args, Func<Turn, EncodedKey, TArgs, TResult> command, CancellationToken cancellationToken,
        [CallerMemberName] string name = "") =>
        transaction is null && KeyspaceActivities.AreListenedTo
            ? KeyspaceActivities.TraceAsync(
                store, name, key.Bytes, (door: this, key, args, command, name, cancellationToken),
                static a => a.door.RunMeasuredUntracedAsync(a.key, a.args, a.command, a.name, a.cancellationToken))
            : RunMeasuredUntracedAsync(key, args, command, name, cancellationToken);

    /// <summary>Runs a command that may have to wait until a commit touches one of its keys.</summary>
    /// <param name="absent">The answer when the waiting time is over.</param>
    /// <param name="waitingTime">Zero does not wait; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <param name="untilKeyGoes">
    /// True if it waits on something that a key holds: then it is tried also when the key has gone or holds another type, and
    /// what it throws ends the waiting.
    /// </param>
    public ValueTask<TResult> RunBlockingAsync<TArgs, TResult>(
        EncodedKey[] keys, TArgs args, BlockingCommand<TArgs, TResult> command, TResult absent, TimeSpan waitingTime,
        CancellationToken cancellationToken, bool untilKeyGoes = false)
    {
        if (transaction is not null) return transaction.RunBlockingAsync(keys, args, command, absent);
        if (!isSynchronous) return dispatcher.RunBlockingAsync(keys, args, command, absent, waitingTime, cancellationToken, untilKeyGoes);
        try
        {
            return new ValueTask<TResult>(dispatcher.RunBlocking(keys, args, command, absent, waitingTime, cancellationToken, untilKeyGoes));
        }
        catch (Exception exception)
        {
            return Failed<TResult>(exception);
        }
    }

    /// <summary>Runs a transaction whose steps come through a door of its own.</summary>
    public ValueTask<TResult> TransactAsync<TResult>(Func<Door, ValueTask<TResult>> body, CancellationToken cancellationToken) =>
        KeyspaceActivities.AreListenedTo
            ? KeyspaceActivities.TraceAsync(
                store, LoopMonitor.TransactionBody, key: null, (door: this, body, cancellationToken),
                static a => a.door.TransactUntracedAsync(a.body, a.cancellationToken))
            : TransactUntracedAsync(body, cancellationToken);

    /// <summary>As <see cref="TransactAsync"/>, on the calling thread.</summary>
    public TResult Transact<TResult>(Func<Door, ValueTask<TResult>> body, CancellationToken cancellationToken) =>
        KeyspaceActivities.AreListenedTo
            ? KeyspaceActivities.Trace(
                store, LoopMonitor.TransactionBody, key: null, (door: this, body, cancellationToken),
                static a => a.door.TransactUntraced(a.body, a.cancellationToken))
            : TransactUntraced(body, cancellationToken);

    private ValueTask<TResult> TransactUntracedAsync<TResult>(Func<Door, ValueTask<TResult>> body, CancellationToken cancellationToken) =>
        dispatcher.TransactAsync(scope => body(Within(scope)), cancellationToken);

    private TResult TransactUntraced<TResult>(Func<Door, ValueTask<TResult>> body, CancellationToken cancellationToken) =>
        dispatcher.Transact(scope => body(Within(scope)), cancellationToken);

    private ValueTask<TResult> RunMeasuredUntracedAsync<TArgs, TResult>(
        EncodedKey key, TArgs args, Func<Turn, EncodedKey, TArgs, TResult> command, string name, CancellationToken cancellationToken) =>
        transaction is null && !isSynchronous
            ? dispatcher.RunAsync(key, args, command, name, cancellationToken)
            : RunElsewhere(key, args, command, name, cancellationToken);

    private ValueTask<TResult> RunElsewhere<TArgs, TResult>(
        EncodedKey key, TArgs args, Func<Turn, EncodedKey, TArgs, TResult> command, string? measured, CancellationToken cancellationToken)
    {
        if (transaction is not null) return transaction.RunAsync(key, args, command);
        try
        {
            return new ValueTask<TResult>(dispatcher.Run(key, args, command, measured, cancellationToken));
        }
        catch (Exception exception)
        {
            return Failed<TResult>(exception);
        }
    }

    private static ValueTask<TResult> Failed<TResult>(Exception exception) =>
        exception is OperationCanceledException { CancellationToken.IsCancellationRequested: true } cancelled
            ? ValueTask.FromCanceled<TResult>(cancelled.CancellationToken)
            : ValueTask.FromException<TResult>(exception);
}

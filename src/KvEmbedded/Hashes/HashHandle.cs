using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.Hashes;

/// <summary>The hash at one key. Each family of commands has a file of its own.</summary>
internal sealed partial class HashHandle : KeyHandle, IHash
{
    public HashHandle(Door door, EncodedKey key) : base(door, key)
    {
    }

    /// <summary>
    /// Runs a command on the hash as a whole, after what is due has been removed: a bounded number in each turn, so that
    /// a great many that end at once do not hold the loop.
    /// </summary>
    private async ValueTask<TResult> RunOnAllAsync<TArgs, TResult>(
        TArgs args, Func<Turn, HashFields?, TArgs, TResult> command, string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (isDone, result) = await door.RunMeasuredAsync(
                key, (args, command),
                static (turn, key, a) =>
                {
                    var fields = turn.Find<HashFields>(key);
                    return fields is not null && turn.RemoveDueElements(key) ? (false, default!) : (true, a.command(turn, fields, a.args));
                },
                cancellationToken, name).ConfigureAwait(false);
            if (isDone) return result;
        }
    }

    /// <summary>The fields' bytes; nobody changes them until the command has ended.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    private static ReadOnlyMemory<byte>[] EncodeFields(IReadOnlyCollection<KvValue> fields)
    {
        Require.Some(fields, "field");
        var encoded = new ReadOnlyMemory<byte>[fields.Count];
        var i = 0;
        foreach (var field in fields) encoded[i++] = field.ToMemory();
        return encoded;
    }
}

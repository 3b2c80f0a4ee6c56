using System.Buffers;
using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.Keys;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Strings;

/// <summary>The string at one key of a server.</summary>
internal sealed partial class RedisString(ServerDoor door, RedisKey key) : RedisHandle(door, key), IKvString
{
    public ValueTask<KvValue?> GetAsync(CancellationToken cancellationToken) =>
        door.RunAsync(Of("GET"), Reply.ValueOrNull, cancellationToken);

    public async ValueTask<bool> WriteToAsync(IBufferWriter<byte> destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (await GetAsync(cancellationToken).ConfigureAwait(false) is not { } value) return false;
        destination.Write(value.ToMemory().Span);
        return true;
    }

    public ValueTask<int> GetLengthAsync(CancellationToken cancellationToken) =>
        door.RunAsync(Of("STRLEN"), Reply.Length, cancellationToken);

    public ValueTask<KvValue> GetRangeAsync(Range range, CancellationToken cancellationToken)
    {
        var inclusive = Inclusive.Of(range);
        var read = new Command("GETRANGE", KeyType.String) { key, inclusive.Start, inclusive.Stop };

        // GETRANGE takes a stop that lies before the first byte for that byte, so it has to be known how far back that is.
        return !range.End.IsFromEnd || inclusive == Inclusive.Nothing
            ? door.RunAsync(read, Reply.Value, cancellationToken)
            : door.RunTogetherAsync(
                [read, Of("STRLEN")],
                answers => (long)answers[1] > range.End.Value ? Reply.Value(answers[0]) : KvValue.Empty, cancellationToken);
    }

    public ValueTask<bool> SetAsync(KvValue value, Expiration expiration, SetWhen when, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("SET") { key, value, Words.Of(when), expiration }, Reply.IsThere, cancellationToken);

    public ValueTask<KvValue?> GetAndSetAsync(
        KvValue value, Expiration expiration, SetWhen when, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("SET", KeyType.String) { key, value, Words.Of(when), "GET", expiration }, Reply.ValueOrNull,
            cancellationToken);

    public ValueTask<KvValue?> GetAndDeleteAsync(CancellationToken cancellationToken) =>
        door.RunAsync(Of("GETDEL"), Reply.ValueOrNull, cancellationToken);

    public ValueTask<KvValue?> GetAndExpireAsync(Expiration expiration, CancellationToken cancellationToken)
    {
        var command = Of("GETEX");
        if (expiration.IsNever) command.Add("PERSIST");
        else if (!expiration.IsKeep) command.Add(expiration);
        return door.RunAsync(command, Reply.ValueOrNull, cancellationToken);
    }

    public ValueTask<bool> CompareAndSetAsync(
        KvValue expected, KvValue value, Expiration expiration, CompareWhen when, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command(StringScripts.CompareAndSet, KeyType.String, key) { expected, WordOf(when), value, expiration }, Reply.Flag,
            cancellationToken);

    public ValueTask<bool> CompareAndDeleteAsync(KvValue expected, CompareWhen when, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command(StringScripts.CompareAndDelete, KeyType.String, key) { expected, WordOf(when) }, Reply.Flag, cancellationToken);

    public ValueTask<int> AppendAsync(KvValue value, CancellationToken cancellationToken) =>
        door.RunAsync(new Command("APPEND", KeyType.String) { key, value }, Reply.Length, cancellationToken);

    public ValueTask<int> SetRangeAsync(int offset, KvValue value, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return door.RunAsync(new Command("SETRANGE", KeyType.String) { key, offset, value }, Reply.Length, cancellationToken);
    }

    private Command Of(string name) => new(name, KeyType.String) { key };

    private static string WordOf(CompareWhen when) => Require.Named(when) == CompareWhen.Equal ? "EQ" : "NE";
}

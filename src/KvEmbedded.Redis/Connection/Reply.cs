using StackExchange.Redis;

namespace KvEmbedded.Redis.Connection;

/// <summary>What answers of the server mean. All of them read both protocols, RESP2 and RESP3.</summary>
internal static class Reply
{
    /// <summary>A count, as yes or no: something was done.</summary>
    public static bool Flag(RedisResult answer) => !answer.IsNull && (long)answer != 0;

    /// <summary>Something, even if it says nothing: not null. What SET answers when it has set.</summary>
    public static bool IsThere(RedisResult answer) => !answer.IsNull;

    public static long Integer(RedisResult answer) => (long)answer;

    public static int Length(RedisResult answer) => checked((int)(long)answer);

    public static long? IntegerOrNull(RedisResult answer) => answer.IsNull ? null : (long)answer;

    public static byte[] Bytes(RedisResult answer) => (byte[]?)answer ?? [];

    public static KvValue Value(RedisResult answer) => Bytes(answer);

    public static KvValue? ValueOrNull(RedisResult answer) => answer.IsNull ? (KvValue?)null : Bytes(answer);

    public static KvValue?[] ValuesOrNull(RedisResult answer) => Each(answer, ValueOrNull);

    public static KvValue[] Values(RedisResult answer) => Each(answer, Value);

    public static double Number(RedisResult answer) => Value(answer).TryGetDouble(out var number) ? number : (double)answer;

    public static double? NumberOrNull(RedisResult answer) => answer.IsNull ? null : Number(answer);

    public static double?[] NumbersOrNull(RedisResult answer) => Each(answer, NumberOrNull);

    /// <summary>The items of a list; null is an empty one.</summary>
    public static T[] Each<T>(RedisResult answer, Func<RedisResult, T> read)
    {
        if (answer.IsNull) return [];
        var items = new T[answer.Length];
        for (var i = 0; i < items.Length; i++) items[i] = read(answer[i]);
        return items;
    }

    /// <summary>
    /// Pairs, whether they come one after the other in one flat list (RESP2, scripts, maps) or each in a list of its own (RESP3).
    /// </summary>
    public static T[] Pairs<T>(RedisResult answer, Func<RedisResult, RedisResult, T> read)
    {
        if (answer.IsNull || answer.Length == 0) return [];
        if (IsList(answer[0])) return Each(answer, pair => read(pair[0], pair[1]));
        var pairs = new T[answer.Length / 2];
        for (var i = 0; i < pairs.Length; i++) pairs[i] = read(answer[2 * i], answer[(2 * i) + 1]);
        return pairs;
    }

    public static bool IsList(RedisResult answer) => answer.Length >= 0;
}

using StackExchange.Redis;

namespace KvEmbedded.Redis.Connection;

/// <summary>What an INFO of one key answers: names, each with a value.</summary>
internal sealed class Facts(RedisResult answer)
{
    private readonly Dictionary<string, RedisResult> values =
        Reply.Pairs(answer, static (name, value) => (Name: (string?)name ?? "", value))
            .DistinctBy(static fact => fact.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(static fact => fact.Name, static fact => fact.value, StringComparer.OrdinalIgnoreCase);

    /// <summary>A number; 0 if it is null, or not told.</summary>
    public long this[string name] => values.TryGetValue(name, out var value) && !value.IsNull ? (long)value : 0;

    public double Number(string name) => values.TryGetValue(name, out var value) ? Reply.Number(value) : 0;

    /// <summary>The facts as a record; null if the key is missing.</summary>
    public static T? Read<T>(RedisResult answer, Func<Facts, T> make) where T : class =>
        answer.IsNull ? null : make(new Facts(answer));
}

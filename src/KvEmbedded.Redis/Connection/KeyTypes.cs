using StackExchange.Redis;

namespace KvEmbedded.Redis.Connection;

/// <summary>The server's names of the data types. A new type is a line here.</summary>
internal static class KeyTypes
{
    private static readonly Dictionary<string, KeyType> Names = new(StringComparer.Ordinal)
    {
        ["string"] = KeyType.String,
        ["zset"] = KeyType.SortedSet,
    };

    /// <summary>What TYPE answers; a type that no interface is for counts as none.</summary>
    public static KeyType Of(RedisResult answer) => Names.GetValueOrDefault((string?)answer ?? "");

    /// <summary>What the server calls a type.</summary>
    public static string NameOf(KeyType type) => Names.First(name => name.Value == type).Key;
}

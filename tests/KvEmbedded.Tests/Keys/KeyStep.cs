using System.Text;
using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Keys;

/// <summary>
/// One command on keys, of a small world: five keys, four forms of value, seconds. It runs on a keyspace and on the plain
/// model, and both say what came of it.
/// </summary>
/// <param name="Kind">Which command.</param>
/// <param name="Key">Which key.</param>
/// <param name="Other">Which other key, and which form of value.</param>
/// <param name="Seconds">How long; a third of them are past.</param>
/// <param name="Choice">Which condition.</param>
public readonly record struct KeyStep(byte Kind, byte Key, byte Other, byte Seconds, byte Choice)
{
    public const int KeyCount = 5;

    private const int Kinds = 12;

    public string KeyName => $"k{Key % KeyCount}";

    public string OtherName => $"k{Other % KeyCount}";

    private TimeSpan Time => TimeSpan.FromSeconds((Seconds % 12) - 3);

    private ExpireWhen When => (ExpireWhen)(Choice % 5);

    private ExistingDestination Existing => (ExistingDestination)(Choice % 2);

    private string Value => (Other % 3) switch
    {
        0 => Seconds.ToString(),
        1 => $"text {Seconds}",
        _ => new string((char)('a' + (Seconds % 26)), 20_000),
    };

    public bool IsAdvance => Kind % Kinds == 11;

    public TimeSpan Advance => TimeSpan.FromSeconds(Seconds % 4);

    public static string KeyAt(int index) => $"k{index}";

    internal string RunOn(IKeyspace keyspace, TimeProvider clock)
    {
        var (keys, time) = (keyspace.Keys, Time);
        return (Kind % Kinds) switch
        {
            0 or 1 => Of(keyspace.Strings.SetAsync(KeyName, Value)),
            2 => Of(KeysWorld.AddAsync(keyspace, KeyName, Seconds), failsAs: "wrong type"),
            3 => Of(Choice % 2 == 0 ? keys.DeleteAsync(KeyName) : keys.UnlinkAsync(KeyName)),
            4 => Of(keys.DeleteAsync([KeyName, OtherName])),
            5 => Of(keys.ExpireAsync(KeyName, time, When)),
            6 => Of(keys.ExpireAtAsync(KeyName, clock.GetUtcNow() + time, When)),
            7 => Of(keys.PersistAsync(KeyName)),
            8 => Of(keys.RenameAsync(KeyName, OtherName, Existing)),
            9 => KeyName == OtherName ? "same" : Of(keys.CopyAsync(KeyName, OtherName, Existing)),
            _ => Of(keys.ExistsAsync([KeyName, OtherName])),
        };
    }

    internal string RunOn(KeyModel model) => (Kind % Kinds) switch
    {
        0 or 1 => Of(model.Set(KeyName, Value)),
        2 => model.Add(KeyName, Seconds) is { } added ? Of(added) : "wrong type",
        3 => Of(model.Delete(KeyName)),
        4 => Of(model.Delete(KeyName, OtherName)),
        5 or 6 => Of(model.Expire(KeyName, Time, When)),
        7 => Of(model.Persist(KeyName)),
        8 => Of(model.Rename(KeyName, OtherName, Existing)),
        9 => KeyName == OtherName ? "same" : Of(model.Copy(KeyName, OtherName, Existing)),
        _ => Of(model.CountExisting(KeyName, OtherName)),
    };

    /// <summary>All that can be seen of the keys, as a text.</summary>
    internal static string Look(IKeyspace keyspace)
    {
        var text = new StringBuilder();
        for (var i = 0; i < KeyCount; i++)
        {
            var name = KeyAt(i);
            var lifetime = Now(keyspace.Keys.GetLifetimeAsync(name));
            if (!lifetime.Exists) continue;
            var value = Now(keyspace.Keys.GetTypeAsync(name)) == KeyType.String
                ? KeyModel.Short(Now(keyspace.Strings.GetAsync(name))!.Value)
                : string.Join(' ', Now(KeysWorld.NumbersAsync(keyspace, name))!);
            text.Append(name).Append('=').Append(value).Append(" ttl ").Append(lifetime.TimeToLive).Append('\n');
        }

        text.Append(Now(keyspace.Keys.CountAsync())).Append(" keys\n");
        var scanned = KeysWorld.ScanAsync(keyspace.Keys, new KeyScan { PageSize = 2 });
        return text.Append(string.Join(' ', Now(new ValueTask<string[]>(scanned)))).ToString();
    }

    private static T Now<T>(ValueTask<T> task)
    {
        Assert.True(task.IsCompleted);
        return task.GetAwaiter().GetResult();
    }

    private static string Of<T>(T answer) => answer!.ToString()!;

    private static string Of<T>(ValueTask<T> task, string? failsAs = null)
    {
        try
        {
            return Now(task)!.ToString()!;
        }
        catch (WrongTypeException) when (failsAs is not null)
        {
            return failsAs;
        }
    }
}

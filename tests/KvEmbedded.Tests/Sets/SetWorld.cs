using System.Text;
using KvEmbedded.Engine;
using KvEmbedded.Sets;
using KvEmbedded.Tests.Strings;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Sets;

/// <summary>Small worlds: a dozen members already change the form, split, evacuate and collide.</summary>
internal static class SetWorld
{
    public static readonly SetShape Tiny = new()
    {
        IntegersMax = 5,
        FlatMembersMax = 4,
        FlatBytesMax = 40,
        PageBits = 5,
        SegmentBits = 2,
        DepthMax = 4,
    };

    /// <summary>Eight hashes for all members.</summary>
    public static readonly SetShape Colliding = Tiny with { HashMask = 0xE0000000 };

    public static readonly SetShape Middle = new()
    {
        IntegersMax = 20,
        FlatMembersMax = 12,
        FlatBytesMax = 400,
        PageBits = 7,
        SegmentBits = 3,
        DepthMax = 12,
    };

    public static SetShape Shape(int which) => (which & 3) switch
    {
        0 => Tiny,
        1 => Colliding,
        2 => Middle,
        _ => SetShape.Default,
    };

    /// <summary>Integers of every width, texts that are nearly integers, and texts of 0 to 300 bytes; all different.</summary>
    public static string MemberOf(byte number) => number switch
    {
        < 100 => (number - 50).ToString(),
        < 110 => (30_000L * (number - 105)).ToString(),
        < 120 => (2_000_000_000L * (number - 115)).ToString(),
        120 => long.MaxValue.ToString(),
        121 => long.MinValue.ToString(),
        122 => "9223372036854775808",
        123 => "",
        124 => "-0",
        125 => "+1",
        126 => "01",
        127 => " 1",
        < 220 => ((number * 37) % 256).ToString("'x'000"),
        < 250 => new string((char)('a' + (number % 7)), number - 190),
        _ => "long" + new string('z', number) + number,
    };

    /// <summary>Mostly integers, so that the form for them lasts for some steps.</summary>
    public static string MemberOf(byte number, bool isInteger) => MemberOf(isInteger ? (byte)(number % 122) : number);

    public static byte[] Bytes(string member) => Encoding.Latin1.GetBytes(member);

    public static string Text(ReadOnlySpan<byte> member) => Encoding.Latin1.GetString(member);

    public static string[] Members(MemberSet set)
    {
        var members = new List<string>();
        Span<byte> scratch = stackalloc byte[MemberForm.ScratchLength];
        for (var position = 0u; set.TryNext(ref position);) members.Add(Text(set.Member(position, scratch)));
        return [.. members.Order(StringComparer.Ordinal)];
    }

    public static MemberSet Filled(int shape, IEnumerable<string> members)
    {
        var set = new MemberSet(Shape(shape));
        foreach (var member in members) set.Add(Bytes(member));
        return set;
    }
}

/// <summary>A keyspace with a clock that stands still, and sets written as text: <c>a b c</c>.</summary>
internal sealed class SetKeyspace : IAsyncDisposable
{
    public SetKeyspace(Action<KeyspaceOptions>? configure = null)
    {
        var options = new KeyspaceOptions { TimeProvider = Time, RandomSeed = 1 };
        configure?.Invoke(options);
        Keyspace = new Keyspace(options);
    }

    public FakeTimeProvider Time { get; } = new();

    public Keyspace Keyspace { get; }

    public IKvSets Sets => Keyspace.Sets;

    public IKvSet this[KvKey key] => Keyspace.Set(key);

    /// <summary>A set with these members, named in one text.</summary>
    public async Task<IKvSet> FilledAsync(KvKey key, string members)
    {
        await this[key].AddAsync(Of(members));
        return this[key];
    }

    public async Task<string> TextAsync(KvKey key) => Text(await this[key].GetMembersAsync());

    public static KvValue[] Of(string members) => [.. members.Split(' ').Select(static member => (KvValue)member)];

    public static string Text(IEnumerable<KvValue> members) =>
        string.Join(' ', members.Select(static member => member.ToString()).Order(StringComparer.Ordinal));

    public StringWorld.EventNotes Note() => new(Keyspace);

    public MemberSet? SetAt(string key) => Keyspace.Store.Dispatcher.Turn.Find<MemberSet>(new EncodedKey(((KvKey)key).ToArray()));

    public ValueTask DisposeAsync()
    {
        Keyspace.Store.Table.CheckInvariants();
        return Keyspace.DisposeAsync();
    }
}

using System.Buffers.Binary;
using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Engine;

/// <summary>Keys, hashes and values small enough that everything happens in a short run.</summary>
internal static class KeyTableWorld
{
    /// <summary>A segment that is full with four keys: splits, merges and rebuilds happen all the time.</summary>
    public const int Crowded = 4;

    public static byte[] Key(int number)
    {
        var key = new byte[4 + (number % 5)];
        BinaryPrimitives.WriteInt32LittleEndian(key, number);
        return key;
    }

    public static int NumberOf(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadInt32LittleEndian(key);

    /// <summary>A fixed spread, so that a run can be repeated.</summary>
    public static uint Spread(int number)
    {
        var hash = (uint)number + 0x9E3779B9;
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }

    /// <summary>Hashes that spread, that share their high bits, their low bits, or all, and the two that are no tags.</summary>
    public static uint Hash(int number) => (number % 6) switch
    {
        0 => Spread(number),
        1 => 0xABCD0000 | (Spread(number) & 0xF),
        2 => Spread(number) & 0xF0000000,
        3 => 7,
        _ => (uint)(number % 3),
    };

    public static KeyLocation Find(KeyTable table, int number)
    {
        table.TryFind(Key(number), Hash(number), out var location);
        return location;
    }

    public static List<object> ScanAll(KeyTable table, int page = 3)
    {
        var owners = new List<object>();
        uint at = 0;
        do
        {
            at = table.Scan(at, page, owners);
        }
        while (at != 0);
        return owners;
    }

    internal sealed class PlainValue(int id) : IDataValue
    {
        public int Id => id;

        public KeyType Type => KeyType.SortedSet;

        public bool IsEmpty => false;

        public long MemoryBytes => 0;

        public IEffectSink? Effects { get; set; }

        public IDataValue Copy() => new PlainValue(id);

        public void CheckInvariants()
        {
        }
    }
}

using System.Buffers.Binary;
using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Records;

/// <summary>Items that are numbers.</summary>
internal static class Items
{
    public static ItemHash Item(int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return ItemHash.Of(bytes);
    }
}

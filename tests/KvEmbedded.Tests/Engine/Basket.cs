using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Engine;

/// <summary>
/// The smallest data type there can be, for tests of the engine: bytes in a row, put in at the end, taken out at the front.
/// </summary>
internal sealed class Basket : IDataValue
{
    private readonly List<byte> items = [];

    public KeyType Type => KeyType.SortedSet;

    public bool IsEmpty => items.Count == 0;

    public long MemoryBytes => 64 + items.Count;

    public IEffectSink? Effects { get; set; }

    public int Count => items.Count;

    public byte[] ToArray() => [.. items];

    public void Push(byte item)
    {
        items.Add(item);
        Effects?.Report(new BasketPushed());
    }

    public byte Pop()
    {
        var item = items[0];
        items.RemoveAt(0);
        Effects?.Report(new BasketPopped(item));
        return item;
    }

    public IDataValue Copy()
    {
        var copy = new Basket();
        copy.items.AddRange(items);
        return copy;
    }

    public void CheckInvariants()
    {
    }

    private sealed class BasketPushed : Effect
    {
        public override void Undo(IDataValue value)
        {
            var items = ((Basket)value).items;
            items.RemoveAt(items.Count - 1);
        }
    }

    private sealed class BasketPopped(byte item) : Effect
    {
        public override void Undo(IDataValue value) => ((Basket)value).items.Insert(0, item);
    }
}

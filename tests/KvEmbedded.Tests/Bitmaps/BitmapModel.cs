namespace KvEmbedded.Tests.Bitmaps;

/// <summary>Bitmaps as they should be: bytes in a dictionary, and every command bit by bit.</summary>
internal sealed class BitmapModel
{
    private readonly Dictionary<string, byte[]> keys = [];

    public BitmapModel Copy()
    {
        var copy = new BitmapModel();
        foreach (var (key, bytes) in keys) copy.keys[key] = (byte[])bytes.Clone();
        return copy;
    }

    public byte[]? Find(string key) => keys.GetValueOrDefault(key);

    public byte[] Get(string key) => keys.GetValueOrDefault(key) ?? [];

    public void Put(string key, byte[] bytes) => keys[key] = bytes;

    public void Remove(string key) => keys.Remove(key);

    public bool Bit(string key, long offset) => offset / 8 < Get(key).Length && (Get(key)[offset / 8] >> (int)(7 - (offset % 8)) & 1) != 0;

    public void Grow(string key, long length)
    {
        var bytes = Get(key);
        if (bytes.Length < length) Array.Resize(ref bytes, (int)length);
        keys[key] = bytes;
    }

    public void SetBit(string key, long offset, bool bit)
    {
        Grow(key, (offset / 8) + 1);
        var mask = 0x80 >> (int)(offset % 8);
        keys[key][offset / 8] = (byte)(bit ? keys[key][offset / 8] | mask : keys[key][offset / 8] & ~mask);
    }

    public long Field(string key, BitField field)
    {
        var number = field.Type.IsSigned && Bit(key, field.Offset) ? -1L : 0;
        for (var i = 0; i < field.Type.Width; i++) number = number << 1 | (Bit(key, field.Offset + i) ? 1L : 0);
        return number;
    }

    public void SetField(string key, BitField field, long number)
    {
        for (var i = 0; i < field.Type.Width; i++) SetBit(key, field.Offset + i, (number >> (field.Type.Width - 1 - i) & 1) != 0);
    }
}

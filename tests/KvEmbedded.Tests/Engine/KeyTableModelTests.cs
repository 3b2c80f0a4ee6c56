using System.Text;
using FsCheck.Xunit;
using KvEmbedded.Engine;
using static KvEmbedded.Tests.Engine.KeyTableWorld;

namespace KvEmbedded.Tests.Engine;

/// <summary>The table beside a dictionary.</summary>
public sealed class KeyTableModelTests
{
    private const int Keys = 60;

    [Property(MaxTest = 400)]
    public void A_crowded_table_holds_what_a_dictionary_holds((byte Kind, byte Key, ushort Size)[] steps) =>
        Run(new KeyTable(Crowded), steps);

    [Property(MaxTest = 50)]
    public void A_table_of_normal_size_holds_what_a_dictionary_holds((byte Kind, byte Key, ushort Size)[] steps) =>
        Run(new KeyTable(), steps);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_long_run_holds_what_a_dictionary_holds(int seed)
    {
        var random = new Random(seed);
        var steps = new (byte, byte, ushort)[30_000];
        foreach (ref var step in steps.AsSpan())
            step = ((byte)random.Next(256), (byte)random.Next(256), (ushort)random.Next(1 << 16));
        Run(new KeyTable(Crowded), steps);
    }

    private static void Run(KeyTable table, (byte Kind, byte Key, ushort Size)[] steps)
    {
        var model = new Dictionary<int, (object Value, Expiry Expiry)>();
        var empty = table.MemoryBytes;
        var sinceCheck = 0;
        foreach (var (kind, keyByte, size) in steps)
        {
            Step(table, model, kind, keyByte % Keys, size);
            if (++sinceCheck % 97 == 0) table.CheckInvariants();
        }

        table.CheckInvariants();
        Agree(table, model);
        foreach (var number in model.Keys) table.Remove(Find(table, number));
        table.CheckInvariants();
        Assert.Equal(0, table.Count);
        Assert.Equal(empty, table.MemoryBytes);
    }

    private static void Step(
        KeyTable table, Dictionary<int, (object Value, Expiry Expiry)> model, int kind, int number, ushort size)
    {
        var (key, location) = (Key(number), Find(table, number));
        Assert.Equal(model.ContainsKey(number), location.Exists);
        var old = location.Owner;
        var before = old is byte[] bytes ? bytes.ToArray() : null;
        var preserve = kind >= 128;
        var expiry = size % 3 == 0 ? new Expiry(size, size % 7) : Expiry.Never;
        object owner;
        switch (kind % 8)
        {
            case 0 or 1:
                var value = Text(number, size % 400);
                owner = table.PutString(location, key, value, expiry, preserve);
                model[number] = (value, expiry);
                break;
            case 2:
                owner = table.PutInteger(location, key, size - 30_000L, expiry, preserve);
                model[number] = (size - 30_000L, expiry);
                break;
            case 3:
                owner = table.PutEntry(location, key, new PlainValue(size), expiry);
                model[number] = ((int)size, expiry);
                break;
            case 4 when location.Exists:
                owner = table.SetExpiry(location, expiry, preserve);
                model[number] = (model[number].Value, expiry);
                break;
            case 5 or 6 when location.Exists:
                table.Remove(location);
                model.Remove(number);
                Assert.False(Find(table, number).Exists);
                return;
            case 7 when size < 300:
                table.Clear();
                model.Clear();
                return;
            default:
                return;
        }

        Assert.Same(owner, Find(table, number).Owner);
        if (preserve && before is not null) Assert.Equal(before, (byte[])old!);
        Assert.Equal(model.Count, table.Count);
    }

    private static void Agree(KeyTable table, Dictionary<int, (object Value, Expiry Expiry)> model)
    {
        Assert.Equal(
            model.Keys.Order(), ScanAll(table).Select(owner => NumberOf(KeyTable.KeyOf(owner))).Order());
        for (var number = 0; number < Keys; number++)
        {
            var location = Find(table, number);
            var read = table.Read(Key(number), Hash(number));
            if (!model.TryGetValue(number, out var expected))
            {
                Assert.False(location.Exists);
                Assert.Equal(ReadOutcome.Missing, read.Outcome);
                continue;
            }

            Assert.Equal(expected.Expiry, location.Expiry);
            Assert.Equal(expected.Expiry.Deadline, read.Deadline);
            Assert.Equal(Key(number), location.CopyKey());
            AgreeOnValue(location, read, expected.Value);
        }
    }

    private static void AgreeOnValue(KeyLocation location, StringRead read, object expected)
    {
        switch (expected)
        {
            case byte[] text:
                Assert.Equal(ReadOutcome.Bytes, read.Outcome);
                Assert.Equal(text, read.Bytes);
                Assert.Equal(text, location.CopyString());
                break;
            case long integer:
                Assert.Equal(ReadOutcome.Integer, read.Outcome);
                Assert.Equal(integer, read.Integer);
                Assert.True(location.TryGetInteger(out var number));
                Assert.Equal(integer, number);
                Assert.Equal(Encoding.ASCII.GetBytes($"{integer}"), location.CopyString());
                break;
            default:
                Assert.Equal(ReadOutcome.Other, read.Outcome);
                Assert.Same(location.Entry, read.Entry);
                Assert.Equal(expected, Assert.IsType<PlainValue>(read.Entry.Value).Id);
                break;
        }
    }

    private static byte[] Text(int number, int length)
    {
        var text = new byte[length];
        for (var at = 0; at < length; at++) text[at] = (byte)(number + (at * 7) + length);
        return text;
    }
}

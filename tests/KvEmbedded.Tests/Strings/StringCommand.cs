using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Strings;

/// <summary>
/// One command in a small world: three keys, values that are often numbers and sometimes long, seconds as times to live.
/// It runs on the keyspace and on the model, each answering in text.
/// </summary>
public sealed record StringCommand(StringVerb Verb, int Key, int Other, int Number, int Seconds)
{
    private static readonly string[] Names = ["a", "b", "c"];
    private static readonly string[] Texts = ["", "7", "-3", "abc", "9223372036854775807", new('x', 8_000), new('y', 16_384)];

    private string Name => Names[Key % Names.Length];

    private string OtherName => Names[Other % Names.Length];

    private byte[] Value => Encoding.ASCII.GetBytes(Texts[Number % Texts.Length]);

    private byte[] OtherValue => Encoding.ASCII.GetBytes(Texts[Other % Texts.Length]);

    /// <summary>Never, keep, or in a number of seconds.</summary>
    private Expiration Expiration => (Seconds % 5) switch
    {
        0 => Expiration.Never,
        1 => Expiration.Keep,
        var seconds => TimeSpan.FromSeconds(seconds),
    };

    private SetWhen When => (SetWhen)(Other % 3);

    private CompareWhen Compare => (CompareWhen)(Seconds % 2);

    private int Offset => Number % 9 == 0 ? 16_380 : Number % 9;

    private Range Range => new(new Index(Number % 7, Number % 2 == 0), new Index(Other % 9, Other % 2 == 0));

    public static Arbitrary<StringCommand[]> Sequences()
    {
        var small = Gen.Choose(0, 100);
        var command =
            from verb in Gen.Elements(Enum.GetValues<StringVerb>())
            from key in small
            from other in small
            from number in small
            from seconds in small
            select new StringCommand(verb, key, other, number, seconds);
        return Arb.From(
            command.ListOf().Select(commands => commands.ToArray()),
            static commands => Enumerable.Range(0, commands.Length).Select(i => commands.Where((_, j) => j != i).ToArray()));
    }

    /// <summary>Runs on the keyspace.</summary>
    public async Task<string> RunAsync(IKeyspace keyspace, FakeTimeProvider time)
    {
        var (key, counter) = (keyspace.String(Name), keyspace.Counter(Name));
        try
        {
            return Verb switch
            {
                StringVerb.Wait => Wait(time),
                StringVerb.Get => Text(await key.GetAsync()),
                StringVerb.Set => Text(await key.SetAsync(Value, Expiration, When)),
                StringVerb.GetAndSet => Text(await key.GetAndSetAsync(Value, Expiration, When)),
                StringVerb.GetAndDelete => Text(await key.GetAndDeleteAsync()),
                StringVerb.GetAndExpire => Text(await key.GetAndExpireAsync(Expiration)),
                StringVerb.CompareAndSet => Text(await key.CompareAndSetAsync(OtherValue, Value, Expiration, Compare)),
                StringVerb.CompareAndDelete => Text(await key.CompareAndDeleteAsync(OtherValue, Compare)),
                StringVerb.Append => Text(await key.AppendAsync(Value)),
                StringVerb.SetRange => Text(await key.SetRangeAsync(Offset, OtherValue)),
                StringVerb.GetRange => Text(await key.GetRangeAsync(Range)),
                StringVerb.Length => Text(await key.GetLengthAsync()),
                StringVerb.GetMany => string.Join('|', (await keyspace.Strings.GetAsync([Name, OtherName, "b"])).Select(Text)),
                StringVerb.SetMany => Text(await keyspace.Strings.SetAsync([new(Name, Value), new(OtherName, OtherValue)], Expiration, When)),
                StringVerb.Increment => Text(await counter.IncrementAsync(Number - 50, Expiration)),
                StringVerb.IncrementWithin => Text((await counter.IncrementAsync(Number - 50, Options)).Value),
                StringVerb.Reset => Text(await counter.GetAndResetAsync(Expiration)),
                _ => Text(await keyspace.Strings.SetAsync(Name, Number, Expiration, When)),
            };
        }
        catch (KeyspaceException error)
        {
            return error.GetType().Name;
        }
    }

    /// <summary>Runs on the model.</summary>
    internal string Run(StringModel model, FakeTimeProvider time)
    {
        var now = time.GetUtcNow();
        var old = model.Get(Name, now);
        switch (Verb)
        {
            case StringVerb.Wait:
                return $"waited {Seconds % 4}";
            case StringVerb.Get:
                return Text(old);
            case StringVerb.Set:
                return Text(Put(Value));
            case StringVerb.GetAndSet:
                Put(Value);
                return Text(old);
            case StringVerb.GetAndDelete:
                model.Remove(Name);
                return Text(old);
            case StringVerb.GetAndExpire:
                if (old is not null && Expiration != Expiration.Keep) model.Put(Name, old, End(null));
                return Text(old);
            case StringVerb.CompareAndSet:
                if ((old is not null && old.SequenceEqual(OtherValue)) != (Compare == CompareWhen.Equal)) return Text(false);
                model.Put(Name, Value, End(old is null ? null : model.EndOf(Name)));
                return Text(true);
            case StringVerb.CompareAndDelete:
                if (old is null || old.SequenceEqual(OtherValue) != (Compare == CompareWhen.Equal)) return Text(false);
                model.Remove(Name);
                return Text(true);
            case StringVerb.Append:
                model.Edit(Name, [.. old ?? [], .. Value]);
                return Text((old?.Length ?? 0) + Value.Length);
            case StringVerb.SetRange:
                return Text(SetRange());
            case StringVerb.GetRange:
                return Text(old is null ? [] : old[Clamp(Range.Start, old.Length)..Math.Max(Clamp(Range.Start, old.Length), Clamp(Range.End, old.Length))]);
            case StringVerb.Length:
                return Text(old?.Length ?? 0);
            case StringVerb.GetMany:
                return string.Join('|', new[] { Name, OtherName, "b" }.Select(name => Text(model.Get(name, now))));
            case StringVerb.SetMany:
                return Text(SetMany());
            case StringVerb.Increment:
                return Add(null);
            case StringVerb.IncrementWithin:
                return Add(Options);
            case StringVerb.Reset:
                if (old is not null && StringModel.IntegerOf(old) is null) return nameof(NotANumberException);
                model.Put(Name, "0"u8.ToArray(), End(old is null ? null : model.EndOf(Name)));
                return Text(old);
            default:
                return Text(Put(Encoding.ASCII.GetBytes($"{Number}")));
        }

        DateTimeOffset? End(DateTimeOffset? kept) => (Seconds % 5) switch
        {
            0 => null,
            1 => kept,
            var seconds => now.AddSeconds(seconds),
        };

        bool Put(byte[] value)
        {
            if (When != SetWhen.Always && old is null == (When == SetWhen.Present)) return false;
            model.Put(Name, value, End(old is null ? null : model.EndOf(Name)));
            return true;
        }

        int SetRange()
        {
            if (OtherValue.Length == 0) return old?.Length ?? 0;
            var bytes = new byte[Math.Max(old?.Length ?? 0, Offset + OtherValue.Length)];
            old?.CopyTo(bytes, 0);
            OtherValue.CopyTo(bytes, Offset);
            model.Edit(Name, bytes);
            return bytes.Length;
        }

        bool SetMany()
        {
            var others = model.Get(OtherName, now);
            if (When == SetWhen.Missing && (old is not null || others is not null)) return false;
            if (When == SetWhen.Present && (old is null || others is null)) return false;
            model.Put(Name, Value, End(old is null ? null : model.EndOf(Name)));
            model.Put(OtherName, OtherValue, End(model.Get(OtherName, now) is null ? null : model.EndOf(OtherName)));
            return true;
        }

        string Add(IncrementOptions? options)
        {
            var number = old is null ? 0 : StringModel.IntegerOf(old);
            if (number is null) return nameof(NotANumberException);
            var sum = (Int128)number.Value + (Number - 50);
            if (options is null)
            {
                if (sum > long.MaxValue || sum < long.MinValue) return nameof(NumberOverflowException);
            }
            else if (sum > options.Max || sum < options.Min)
            {
                if (options.AtBound == AtBound.Refuse) return Text(number.Value);
                sum = Int128.Clamp(sum, options.Min, options.Max);
            }

            var bytes = Encoding.ASCII.GetBytes(sum.ToString(CultureInfo.InvariantCulture));
            if (old is null) model.Put(Name, bytes, End(null));
            else model.Edit(Name, bytes);
            return Text((long)sum);
        }
    }

    private IncrementOptions Options =>
        new() { Min = -20, Max = 20, AtBound = (AtBound)(Other % 2), Expiration = Expiration };

    private string Wait(FakeTimeProvider time)
    {
        time.Advance(TimeSpan.FromSeconds(Seconds % 4));
        return $"waited {Seconds % 4}";
    }

    private static int Clamp(Index index, int length) => Math.Clamp(index.GetOffset(length), 0, length);

    private static string Text(KvValue? value) => Text(value?.ToArray());

    private static string Text(KvValue value) => Text(value.ToArray());

    private static string Text(byte[]? value) => value is null ? "null" : Encoding.Latin1.GetString(value);

    private static string Text(bool value) => value ? "yes" : "no";

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(long? value) => value is null ? "null" : Text(value.Value);
}

/// <summary>What a <see cref="StringCommand"/> does.</summary>
public enum StringVerb
{
    Wait,
    Get,
    Set,
    GetAndSet,
    GetAndDelete,
    GetAndExpire,
    CompareAndSet,
    CompareAndDelete,
    Append,
    SetRange,
    GetRange,
    Length,
    GetMany,
    SetMany,
    Increment,
    IncrementWithin,
    Reset,
    SetInteger,
}

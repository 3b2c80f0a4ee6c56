using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.Keys;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Bitmaps;

/// <summary>The bitmap at one key of a server.</summary>
internal sealed partial class RedisBitmap(ServerDoor door, RedisKey key) : RedisHandle(door, key), IBitmap
{
    public ValueTask<bool> SetAsync(long offset, bool bit, CancellationToken cancellationToken)
    {
        var command = Of("SETBIT");
        command.Add(BitField.RequireOffset(offset));
        command.Add(bit ? 1 : 0);
        return door.RunAsync(command, Reply.Flag, cancellationToken);
    }

    public ValueTask<bool> GetAsync(long offset, CancellationToken cancellationToken)
    {
        var command = Of("GETBIT");
        command.Add(BitField.RequireOffset(offset));
        return door.RunAsync(command, Reply.Flag, cancellationToken);
    }

    public ValueTask<long> CountAsync(BitRange range, CancellationToken cancellationToken)
    {
        var command = Of("BITCOUNT");
        if (range != BitRange.All) AddWords(command, range);
        return !NeedsLength(range)
            ? door.RunAsync(command, Reply.Integer, cancellationToken)
            : door.RunTogetherAsync(
                [command, Of("STRLEN")], answers => IsInside(range, answers[1]) ? Reply.Integer(answers[0]) : 0, cancellationToken);
    }

    public ValueTask<long?> FindAsync(bool bit, BitRange range, CancellationToken cancellationToken)
    {
        var command = Of("BITPOS");
        command.Add(bit ? 1 : 0);

        // Where no end is said, there are zeros behind that of the string.
        if (range != BitRange.All && range.IsOpen && Inclusive(range) is { IsEmpty: false } open) command.Add(open.Start);
        else if (range != BitRange.All) AddWords(command, range);
        return !NeedsLength(range)
            ? door.RunAsync(command, Place, cancellationToken)
            : door.RunTogetherAsync(
                [command, Of("STRLEN")],
                answers => Reply.Integer(answers[1]) == 0 || IsInside(range, answers[1]) ? Place(answers[0]) : null, cancellationToken);
    }

    private Command Of(string name) =>
        new Command(name, KeyType.String) { key }.FailsIf("bit offset", () => ValueTooLongException.OnServer(ServerDoor.Whole(key)));

    private static long? Place(RedisResult answer) => (long)answer is >= 0 and var place ? place : null;

    private static void AddWords(Command command, BitRange range)
    {
        var (start, stop, _) = Inclusive(range);
        command.Add(start);
        command.Add(stop);
        if (range.Unit == BitUnit.Bit) command.Add("BIT");
    }

    /// <summary>A range as the server has it: its last place included, and places from the end below zero.</summary>
    private static (long Start, long Stop, bool IsEmpty) Inclusive(BitRange range) =>
        range is { IsStartFromEnd: true, Start: 0 } or { IsEndFromEnd: false, End: 0 }
            ? (1, 0, true)
            : (range.IsStartFromEnd ? -range.Start : range.Start, range.IsEndFromEnd ? -range.End - 1 : range.End - 1, false);

    /// <summary>
    /// The server takes a stop that lies before the first place for that place, so it has to be known how far back that is.
    /// </summary>
    private static bool NeedsLength(BitRange range) => range is { IsEndFromEnd: true, End: > 0 } && !Inclusive(range).IsEmpty;

    private static bool IsInside(BitRange range, RedisResult length) =>
        Reply.Integer(length) * (range.Unit == BitUnit.Bit ? 8 : 1) > range.End;
}

using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.Sets;

/// <summary>One reading of what walks through one or several sets take, a slice in each turn.</summary>
/// <remarks>
/// The versions of the sets tell whether they are still the same: if not, the reading begins again, and the last attempt is one
/// long turn. So what is returned was there at one moment, all of it. Outside a turn a set is only a name, which says whether a
/// key still holds this one. Used by one reader, turn after turn.
/// </remarks>
internal sealed class SetReading
{
    /// <summary>Most members looked at in one turn: some hundred microseconds.</summary>
    internal const int SliceLength = 4096;

    private const int SlicedAttempts = 3;

    private readonly EncodedKey[] keys;
    private readonly Func<MemberSet?[], SetPlan> plan;
    private readonly string command;
    private readonly List<KvValue[]> slices = [];
    private MemberSet?[] sets = [];
    private long[] versions = [];
    private SetPlan planned;
    private int walk;
    private uint position;

    private SetReading(EncodedKey[] keys, Func<MemberSet?[], SetPlan> plan, string command) =>
        (this.keys, this.plan, this.command) = (keys, plan, command);

    /// <summary>Reads what the walks through the sets at some keys take.</summary>
    public static ValueTask<KvValue[]> ReadAsync(
        Door door, EncodedKey[] keys, Func<MemberSet?[], SetPlan> plan, string command, CancellationToken cancellationToken)
    {
        var reading = new SetReading(keys, plan, command);
        var starting = reading.StartAsync(door, door.IsTransaction ? long.MaxValue : 2 * SliceLength, cancellationToken);
        if (!starting.IsCompletedSuccessfully) return reading.FinishAsync(door, starting);

        // Looked at once only: what stood behind it may serve another command from now on.
        return starting.Result ? new ValueTask<KvValue[]>(reading.Whole()) : reading.FinishAsync(door, new ValueTask<bool>(false));
    }

    /// <summary>The sets at the keys; null for a missing key.</summary>
    /// <exception cref="WrongTypeException">A key holds another data type.</exception>
    public static MemberSet?[] SetsAt(Turn turn, EncodedKey[] keys) => Array.ConvertAll(keys, turn.Find<MemberSet>);

    private async ValueTask<KvValue[]> FinishAsync(Door door, ValueTask<bool> starting)
    {
        var isWhole = await starting.ConfigureAwait(false);
        for (var attempt = 1; !isWhole; attempt++)
        {
            isWhole = await GoOnAsync(door).ConfigureAwait(false)
                || await StartAsync(door, attempt < SlicedAttempts ? 2 * SliceLength : long.MaxValue, CancellationToken.None).ConfigureAwait(false);
        }

        return Whole();
    }

    /// <summary>Looks at the sets and reads them if they are small. True if that was all.</summary>
    private ValueTask<bool> StartAsync(Door door, long lengthMax, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            keys[0], (Reading: this, lengthMax), static (turn, _, a) => a.Reading.Start(turn, a.lengthMax), cancellationToken, command);

    /// <summary>Reads slice by slice; false if a set has changed meanwhile.</summary>
    private async ValueTask<bool> GoOnAsync(Door door)
    {
        while (walk < planned.Walks.Length)
        {
            var isSame = await door.RunMeasuredAsync(
                keys[0], this, static (turn, _, reading) => reading.TryGoOn(turn), CancellationToken.None, command).ConfigureAwait(false);
            if (!isSame) return false;
        }

        return true;
    }

    private bool Start(Turn turn, long lengthMax)
    {
        slices.Clear();
        sets = SetsAt(turn, keys);
        versions = Array.ConvertAll(sets, static set => set?.Version ?? 0);
        planned = plan(sets);
        (walk, position) = (0, 0);
        if (planned.Length > lengthMax) return false;
        while (walk < planned.Walks.Length) ReadSlice(int.MaxValue);
        return true;
    }

    private bool TryGoOn(Turn turn)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            var value = turn.TryFind(keys[i], out var location) ? location.Entry?.Value : null;
            if (!ReferenceEquals(value, sets[i]) || sets[i] is { } set && set.Version != versions[i]) return false;
        }

        ReadSlice(SliceLength);
        return true;
    }

    private void ReadSlice(int lengthMax)
    {
        var result = new Listed(Math.Min(planned.Walks[walk].Length, lengthMax));
        if (planned.Walks[walk].Go(ref position, lengthMax, ref result)) (walk, position) = (walk + 1, 0);
        slices.Add(result.ToArray());
    }

    private KvValue[] Whole()
    {
        if (planned.MayRepeat) return [.. slices.SelectMany(static slice => slice).Distinct()];
        if (slices.Count == 1) return slices[0];
        var result = new KvValue[slices.Sum(static slice => slice.Length)];
        var at = 0;
        foreach (var slice in slices)
        {
            slice.CopyTo(result, at);
            at += slice.Length;
        }

        return result;
    }

    /// <summary>Members are copied out, as most of those that are looked at will be.</summary>
    private struct Listed(int lengthMax) : ISetResult
    {
        private KvValue[] members = new KvValue[Math.Min(lengthMax, 64)];
        private MemberCopies copies;
        private int count;

        public readonly bool IsFull => false;

        public void Add(ReadOnlySpan<byte> member)
        {
            if (count == members.Length) Array.Resize(ref members, (int)Math.Min(lengthMax, 4L * count));
            members[count] = copies.Copy(member, members.Length - count);
            count++;
        }

        public readonly KvValue[] ToArray() => count == members.Length ? members : members[..count];
    }
}

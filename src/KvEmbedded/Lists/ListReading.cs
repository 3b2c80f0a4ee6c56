using KvEmbedded.Records;

namespace KvEmbedded.Lists;

/// <summary>
/// A reading of many elements, a slice in each turn, so that it does not hold the loop. The list's version tells whether it
/// is still the same: if not, the reading begins again, and the last attempt is one long turn. So what is read was there at
/// one moment, all of it. Outside a turn the list is only a name.
/// </summary>
internal abstract class ListReading
{
    /// <summary>Most elements read in one turn, and about the most bytes: some hundred microseconds.</summary>
    internal const int SliceLength = 4096;

    internal const int SliceBytes = 256 * 1024;

    private const int SlicedAttempts = 3;

    private ListDeque? list;
    private long version;
    private int attempts;

    /// <summary>Reads on; no more than a slice, unless it must not stop.</summary>
    /// <param name="current">What is at the key now.</param>
    /// <param name="mayStop">False where the turn is to last until the reading is done.</param>
    /// <returns>True if all is read.</returns>
    public bool Read(ListDeque? current, bool mayStop)
    {
        if (current is null)
        {
            Begin(0);
            return true;
        }

        if (!ReferenceEquals(current, list) || current.Version != version)
        {
            (list, version) = (current, current.Version);
            attempts++;
            Begin(current.Count);
        }

        return mayStop && attempts <= SlicedAttempts
            ? ReadOn(current, SliceLength, SliceBytes)
            : ReadOn(current, int.MaxValue, long.MaxValue);
    }

    /// <summary>What is best done between two turns.</summary>
    public virtual void Prepare()
    {
    }

    /// <summary>Forgets what was read: the list has so many elements now.</summary>
    protected abstract void Begin(int count);

    /// <summary>Reads on, until so many elements or bytes are read; true if that was all.</summary>
    protected abstract bool ReadOn(ListDeque list, int elementsMax, long bytesMax);
}

/// <summary>Copies the elements of a range.</summary>
internal sealed class RangeReading(Range range) : ListReading
{
    private int start;
    private int length;
    private int done;

    public KvValue[] Elements { get; private set; } = [];

    /// <summary>Room for many is made outside of a turn: it has to be wiped.</summary>
    public override void Prepare()
    {
        if (Elements.Length != length) Elements = new KvValue[length];
    }

    protected override void Begin(int count)
    {
        (start, length) = ListReads.Resolve(range, count);
        done = 0;
        if (length == 0) Elements = [];
    }

    protected override bool ReadOn(ListDeque list, int elementsMax, long bytesMax)
    {
        if (Elements.Length != length && length > elementsMax) return false;
        Prepare();
        var copies = new MemberCopies();
        var cursor = list.From(start + done, ListEnd.Head);
        for (var left = elementsMax; done < Elements.Length; left--)
        {
            if (left == 0 || bytesMax <= 0) return false;
            cursor.MoveNext();
            Elements[done] = copies.Copy(cursor.Current, Elements.Length - done);
            bytesMax -= cursor.Current.Length;
            done++;
        }

        return true;
    }
}

/// <summary>Finds elements that are equal to one.</summary>
internal sealed class SearchReading(ReadOnlyMemory<byte> element, long countMax, ListSearch search) : ListReading
{
    private int next;
    private long skipped;
    private long compared;

    public List<long> Indexes { get; } = [];

    protected override void Begin(int count)
    {
        next = search.From == ListEnd.Head ? 0 : count - 1;
        (skipped, compared) = (0, 0);
        Indexes.Clear();
    }

    protected override bool ReadOn(ListDeque list, int elementsMax, long bytesMax)
    {
        var wanted = element.Span;
        var cursor = list.From(next, search.From);
        for (var left = elementsMax; Indexes.Count < countMax && compared < search.ComparisonsMax; left--)
        {
            if (left == 0 || bytesMax <= 0)
            {
                next = search.From == ListEnd.Head ? cursor.Index + 1 : cursor.Index - 1;
                return false;
            }

            if (!cursor.MoveNext()) return true;
            compared++;
            if (cursor.Current.Length == wanted.Length) bytesMax -= wanted.Length;
            if (!cursor.Current.SequenceEqual(wanted)) continue;
            if (skipped < search.Skip) skipped++;
            else Indexes.Add(cursor.Index);
        }

        return true;
    }
}

using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.Hashes;

internal sealed partial class HashFields
{
    /// <summary>True if there is room for a value that is longer than what its field has, or for a new field. O(1).</summary>
    public bool HasRoomFor(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value) => pages.Room.FitsAny(1) || IsCovered(field, value.Length);

    /// <summary>As the other, for several. O(1); O(n), n fields, near the limit.</summary>
    public bool HasRoomFor((ReadOnlyMemory<byte> Field, ReadOnlyMemory<byte> Value)[] entries)
    {
        var room = pages.Room;
        return room.FitsAny(entries.Length) || room.Fits(Sizes(entries))
            || room.Fits(Sizes(entries.Where(entry => !IsCovered(entry.Field.Span, entry.Value.Length))));

        static IEnumerable<int> Sizes(IEnumerable<(ReadOnlyMemory<byte> Field, ReadOnlyMemory<byte> Value)> entries) =>
            entries.Select(static entry => FieldRecord.BytesOf(entry.Field.Length, entry.Value.Length, isTimed: true));
    }

    /// <summary>Adds a field, or gives it another value. O(1), with a deadline O(log n).</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">Its value.</param>
    /// <param name="deadline">When it ends: a moment, <see cref="Expiry.NoDeadline"/> or <see cref="KeepDeadline"/>.</param>
    /// <returns>True if the field is new.</returns>
    /// <exception cref="KeyFullException">The hash is as large as it can be; nothing was changed.</exception>
    public bool Put(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value, long deadline)
    {
        var hash = HashIfIndexed(field);
        var handle = Find(field, hash);
        if (handle == 0)
        {
            Add(field, value, hash, deadline == KeepDeadline ? Expiry.NoDeadline : deadline);
            return true;
        }

        Overwrite(handle, hash, field, value, deadline);
        return false;
    }

    /// <summary>Gives a field a deadline, or takes it away with <see cref="Expiry.NoDeadline"/>. O(log n). False if it is not there.</summary>
    public bool SetDeadline(ReadOnlySpan<byte> field, long deadline)
    {
        var hash = HashIfIndexed(field);
        var handle = Find(field, hash);
        if (handle == 0) return false;

        ref var record = ref pages.At(handle);
        var previous = DeadlineOf(ref record);
        if (previous == deadline) return true;

        Version++;
        var isTimed = FieldRecord.IsTimed(ref record);
        var moved = isTimed ? handle : Rewrite(handle, hash, field, FieldRecord.Value(ref record), isTimed: true);
        SetDeadline(moved, deadline);
        if (moved != handle) Bury(handle);
        Effects?.Report(new HashFieldDeadlineSet(field.ToArray(), deadline, previous));
        return true;
    }

    /// <summary>True if a field is there, with a value that is no shorter.</summary>
    private bool IsCovered(ReadOnlySpan<byte> field, int valueLength) => TryGet(field, out var old, out _) && valueLength <= old.Length;

    private void Add(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value, uint hash, long deadline)
    {
        var isTimed = deadline != Expiry.NoDeadline;
        FieldRecord.Write(
            pages.Allocate(FieldRecord.BytesOf(field.Length, value.Length, isTimed), out var handle), field, value, isTimed);
        if (list is not null && Count == shape.UnindexedMax)
        {
            BuildIndex();
            hash = Hash(field);
        }

        if (list is null) index!.Add(hash, handle);
        else AddToList(handle);
        Version++;
        Count++;
        if (isTimed) SetDeadline(handle, deadline);
        Effects?.Report(new HashFieldPut(field.ToArray(), value.ToArray(), deadline, null, Expiry.NoDeadline));
    }

    private void Overwrite(uint handle, uint hash, ReadOnlySpan<byte> field, ReadOnlySpan<byte> value, long deadline)
    {
        ref var record = ref pages.At(handle);
        var previousDeadline = DeadlineOf(ref record);
        if (deadline == KeepDeadline) deadline = previousDeadline;
        var effect = Effects is null
            ? null
            : new HashFieldPut(field.ToArray(), value.ToArray(), deadline, FieldRecord.Value(ref record).ToArray(), previousDeadline);

        Version++;
        var isTimed = deadline != Expiry.NoDeadline;
        var moved = (!isTimed || FieldRecord.IsTimed(ref record)) && FieldRecord.TrySetValue(ref record, value)
            ? handle
            : Rewrite(handle, hash, field, value, isTimed);
        if (deadline != previousDeadline) SetDeadline(moved, deadline);
        if (moved != handle) Bury(handle);
        if (effect is not null) Effects!.Report(effect);
    }

    /// <summary>Writes a field again in another place, to which its deadline goes along; the old record is the caller's to bury.</summary>
    /// <param name="handle">The old record.</param>
    /// <param name="hash">The field's hash, if there is an index.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">Its value.</param>
    /// <param name="isTimed">Whether the new record can have a deadline; if not, an old deadline is taken away.</param>
    private uint Rewrite(uint handle, uint hash, ReadOnlySpan<byte> field, ReadOnlySpan<byte> value, bool isTimed)
    {
        FieldRecord.Write(
            pages.Allocate(FieldRecord.BytesOf(field.Length, value.Length, isTimed), out var moved), field, value, isTimed);
        if (FieldRecord.Place(ref pages.At(handle)) is not 0 and var place)
        {
            if (isTimed) FieldRecord.SetPlace(ref pages.At(moved), place);
            if (isTimed) deadlines!.Rename(place, moved);
            else RemoveDeadline(place);
        }

        Rename(hash, handle, moved);
        return moved;
    }

    /// <summary>Sets the deadline of a record that can have one, or takes it away.</summary>
    private void SetDeadline(uint handle, long deadline)
    {
        var place = FieldRecord.Place(ref pages.At(handle));
        if (place == 0)
        {
            if (deadline == Expiry.NoDeadline) return;
            deadlines ??= new FieldDeadlines(pages);
            deadlines.Add(handle, deadline);
        }
        else if (deadline != Expiry.NoDeadline)
        {
            deadlines!.Set(place, deadline);
        }
        else
        {
            RemoveDeadline(place);
        }
    }

    private void RemoveDeadline(int place)
    {
        deadlines!.Remove(place);
        if (deadlines.Count == 0) deadlines = null;
    }

    private void AddToList(uint handle)
    {
        if (Count == list!.Length) Array.Resize(ref list, Math.Min(Count * 2, shape.UnindexedMax));
        list[Count] = handle;
    }

    private void BuildIndex()
    {
        index = new RecordIndex<FieldRecord>(pages, shape);
        foreach (var handle in list.AsSpan(0, Count)) index.Add(Hash(pages.Name(handle)), handle);
        list = null;
    }

    /// <summary>A field's record has another handle.</summary>
    private void Rename(uint hash, uint handle, uint moved)
    {
        if (index is not null) index.Rename(hash, handle, moved);
        else list![Array.IndexOf(list, handle, 0, Count)] = moved;
    }
}

namespace KvEmbedded.Lists;

/// <summary>Changes inside a chunk.</summary>
internal sealed partial class ListChunk
{
    /// <summary>Inserts an element before another one, or behind the last.</summary>
    /// <returns>False, with nothing changed, if there is no room.</returns>
    public bool Insert(int index, ReadOnlySpan<byte> element, int lengthMax)
    {
        var size = ElementCode.Size(element.Length);
        if (size > bytes.Length - UsedBytes)
        {
            if (bytes.Length >= lengthMax || (long)UsedBytes + size > lengthMax) return false;
            Resize(Math.Min(lengthMax, Rounded(Math.Max(UsedBytes + size, 2 * bytes.Length))), ListEnd.Tail);
        }

        var place = OpenGap(PlaceOf(index), size);
        ElementCode.Write(bytes.AsSpan(place, size), element);
        Count++;
        return true;
    }

    /// <summary>Removes an element.</summary>
    public void RemoveAt(int index)
    {
        var place = PlaceOf(index);
        CloseGap(place, ElementCode.After(bytes, place));
        Count--;
    }

    /// <summary>Overwrites an element with one of the same length. False, with nothing changed, if it has another.</summary>
    public bool Overwrite(int index, ReadOnlySpan<byte> element)
    {
        var place = PlaceOf(index);
        var old = ElementCode.Read(bytes, place);
        if (old.Length != element.Length) return false;
        ElementCode.Write(bytes.AsSpan(place, ElementCode.Size(element.Length)), element);
        return true;
    }

    /// <summary>How many elements are equal to one.</summary>
    public int CountOf(ReadOnlySpan<byte> element)
    {
        var count = 0;
        for (var place = start; place < end;)
        {
            if (Read(place, out place).SequenceEqual(element)) count++;
        }

        return count;
    }

    /// <summary>Of the elements that are equal to one, leaves out the first few and removes the next few.</summary>
    public void RemoveEqual(ReadOnlySpan<byte> element, int skipped, int removed)
    {
        Count -= removed;
        var kept = start;
        for (var place = start; place < end;)
        {
            var from = place;
            if (Read(from, out place).SequenceEqual(element) && --skipped < 0 && removed > 0)
            {
                removed--;
                continue;
            }

            bytes.AsSpan(from, place - from).CopyTo(bytes.AsSpan(kept));
            kept += place - from;
        }

        end = kept;
    }

    /// <summary>Moves the elements from one on to a chunk of their own.</summary>
    public ListChunk SplitOff(int index, int lengthMax)
    {
        var place = PlaceOf(index);
        var used = end - place;
        var right = new ListChunk(Rounded(Math.Max(used, Math.Min(lengthMax, 2 * used)))) { end = used, Count = Count - index };
        bytes.AsSpan(place, used).CopyTo(right.bytes);
        (end, Count) = (place, index);
        return right;
    }

    /// <summary>Appends all elements of another chunk, which keeps them. False, with nothing changed, if there is no room.</summary>
    public bool Append(ListChunk right, int lengthMax)
    {
        var needed = UsedBytes + right.UsedBytes;
        if (needed > Math.Max(lengthMax, bytes.Length)) return false;
        if (needed > bytes.Length) Resize(Rounded(needed), ListEnd.Tail);
        else if (right.UsedBytes > bytes.Length - end) Slide(0);
        right.bytes.AsSpan(right.start, right.UsedBytes).CopyTo(bytes.AsSpan(end));
        end += right.UsedBytes;
        Count += right.Count;
        return true;
    }

    /// <summary>Gives back room beyond a length, as far as it is free.</summary>
    public void Shrink(int length)
    {
        length = Rounded(Math.Max(length, UsedBytes));
        if (length >= bytes.Length) return;
        Resize(length, ListEnd.Tail);
        Slide((length - UsedBytes) / 2);
    }

    /// <summary>Makes a gap before a place, by moving the shorter side that has room for it.</summary>
    /// <returns>Where the gap begins.</returns>
    private int OpenGap(int place, int size)
    {
        var (before, after, roomAfter) = (place - start, end - place, bytes.Length - end);
        if (start >= size && (before < after || roomAfter < size))
        {
            bytes.AsSpan(start, before).CopyTo(bytes.AsSpan(start - size));
            start -= size;
            return place - size;
        }

        if (roomAfter < size)
        {
            // Neither side alone has the room: one goes to the very start, the other as far as it still must.
            bytes.AsSpan(place, after).CopyTo(bytes.AsSpan(before + size));
            bytes.AsSpan(start, before).CopyTo(bytes);
            (start, end) = (0, before + size + after);
            return before;
        }

        bytes.AsSpan(place, after).CopyTo(bytes.AsSpan(place + size));
        end += size;
        return place;
    }

    private void CloseGap(int from, int to)
    {
        var (before, after) = (from - start, end - to);
        if (before < after)
        {
            bytes.AsSpan(start, before).CopyTo(bytes.AsSpan(to - before));
            start = to - before;
        }
        else
        {
            bytes.AsSpan(to, after).CopyTo(bytes.AsSpan(from));
            end = from + after;
        }
    }
}

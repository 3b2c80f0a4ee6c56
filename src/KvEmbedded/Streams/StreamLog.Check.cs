using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

internal sealed partial class StreamLog
{
    public void CheckInvariants()
    {
        pages.CheckInvariants();
        var (count, bytes) = (0L, ObjectBytes + pages.MemoryBytes + StreamGroup.ListBytes(groups));
        StreamPage? last = null;
        for (var place = pages.Start; !pages.IsEnd(place); place = pages.Next(place))
        {
            var page = pages[place];
            page.CheckInvariants();
            Invariant.Holds(page.IsInStream, "a page of the stream knows that it is");
            Invariant.Holds(last is null || last.First < page.First, "pages follow one another");
            Invariant.Holds(page.Count <= shape.EntriesPerPage, "a page is not too long");
            count += page.Live;
            bytes += page.MemoryBytes;
            last = page;
        }

        Invariant.Holds(count == Count, "the count is that of the pages");
        Invariant.Holds(last == tail, "the tail is the last page");
        Invariant.Holds(Count == 0 || Newest().Id <= LastId, "the last id is the greatest");
        Invariant.Holds(firstId is null || firstId == FindFirstId(), "the first id is that of the first entry");
        for (var i = 0; i < groups.Count; i++)
        {
            groups[i].CheckInvariants();
            bytes += groups[i].MemoryBytes;
            Invariant.Holds(i == 0 || groups[i - 1].Name.SequenceCompareTo(groups[i].Name) < 0, "groups are in the order of their names");
        }

        Invariant.Holds(bytes == weight.Bytes, "the stream weighs what its parts do");
    }
}

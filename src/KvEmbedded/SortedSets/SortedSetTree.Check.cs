using KvEmbedded.Engine;

namespace KvEmbedded.SortedSets;

internal sealed partial class SortedSetTree
{
    public void CheckInvariants()
    {
        var handles = new HashSet<uint>();
        order.CheckInvariants(handles);
        pages.CheckInvariants(handles);
        Invariant.Holds(handles.Count == Count, "no member is in the order twice");
        Invariant.Holds(index is not null || Count <= shape.UnindexedMax, "many members have an index");
        Invariant.Holds(index is not null || order.IsOneLeaf, "members without an index are in one leaf");
        if (index is null) return;

        index.CheckInvariants(Count);
        foreach (var handle in handles)
        {
            var member = pages.Member(handle);
            Invariant.Holds(index.Find(Hash(member), member) == handle, "the index finds each member");
        }
    }
}

using KvEmbedded.Engine;

namespace KvEmbedded.Hashes;

internal sealed partial class HashFields
{
    public void CheckInvariants()
    {
        var listed = new List<uint>();
        if (index is not null) index.Scan(0, int.MaxValue, listed);
        else listed.AddRange(list.AsSpan(0, Count));

        var handles = listed.ToHashSet();
        Invariant.Holds(listed.Count == Count && handles.Count == Count, "each field is listed once");
        Invariant.Holds(index is null == list is not null, "fields are in the index or in the list");
        Invariant.Holds(list is not null || Count > shape.UnindexedMax / 2, "few fields have no index");
        pages.CheckInvariants(handles);
        deadlines?.CheckInvariants(handles);
        Invariant.Holds(deadlines is null || deadlines.Count > 0, "deadlines are kept only if there are any");
        if (deadlines is null)
            Invariant.Holds(handles.All(handle => FieldRecord.Place(ref pages.At(handle)) == 0), "no field names a deadline that is not there");

        var fields = new HashSet<string>();
        index?.CheckInvariants(Count);
        foreach (var handle in handles)
        {
            var field = pages.Name(handle);
            Invariant.Holds(Find(field, HashIfIndexed(field)) == handle, "each field is found");
            Invariant.Holds(fields.Add(Convert.ToHexString(field)), "no field is there twice");
        }
    }
}

using KvEmbedded.Engine;

namespace KvEmbedded.Lists;

internal sealed partial class ListDeque
{
    public void CheckInvariants()
    {
        middle.CheckInvariants();
        first.CheckInvariants();
        last.CheckInvariants();
        Invariant.Holds(count == (IsOneChunk ? first.Count : first.Count + middle.Count + last.Count), "the count is that of all chunks");
        Invariant.Holds(!IsOneChunk || middle.IsEmpty, "there is nothing between one chunk and itself");
        Invariant.Holds(IsOneChunk || (first.Count > 0 && last.Count > 0), "no chunk of several is empty");
        Invariant.Holds(spare is null || (spare.Count == 0 && spare.Length == shape.ChunkBytes), "the spare chunk is empty and of full length");
        for (int index = 0, start; index < count; index = start + ChunkAt(index, out start).Count)
        {
            var chunk = ChunkAt(index, out start);
            Invariant.Holds(start == index, "chunks follow on each other");
            Invariant.Holds(chunk.Length <= shape.ChunkBytes || chunk.Count == 1, "a chunk that is too long is one element's own");
        }
    }
}

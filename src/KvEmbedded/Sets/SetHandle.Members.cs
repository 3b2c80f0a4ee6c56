namespace KvEmbedded.Sets;

internal sealed partial class SetHandle
{
    /// <remarks>SMEMBERS.</remarks>
    public ValueTask<KvValue[]> GetMembersAsync(CancellationToken cancellationToken) =>
        SetReading.ReadAsync(door, [key], SetAlgebra.ReadUnion, nameof(GetMembersAsync), cancellationToken);
}

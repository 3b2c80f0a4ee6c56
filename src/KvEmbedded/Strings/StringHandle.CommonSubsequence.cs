using KvEmbedded.Engine;

namespace KvEmbedded.Strings;

/// <remarks>Both strings are copied in one turn; what takes long, the comparison, is no business of the loop's.</remarks>
internal sealed partial class StringHandle
{
    public async ValueTask<KvValue> GetCommonSubsequenceAsync(KvKey other, CancellationToken cancellationToken)
    {
        var (mine, others) = await ReadBothAsync(other, cancellationToken).ConfigureAwait(false);
        return new CommonSubsequenceTable(mine, others).Text();
    }

    public async ValueTask<int> GetCommonSubsequenceLengthAsync(KvKey other, CancellationToken cancellationToken)
    {
        var (mine, others) = await ReadBothAsync(other, cancellationToken).ConfigureAwait(false);
        return CommonSubsequenceTable.LengthOf(mine, others);
    }

    public async ValueTask<CommonSubsequenceMatches> GetCommonSubsequenceMatchesAsync(
        KvKey other, int matchLengthMin, CancellationToken cancellationToken)
    {
        var (mine, others) = await ReadBothAsync(other, cancellationToken).ConfigureAwait(false);
        var table = new CommonSubsequenceTable(mine, others);
        return new CommonSubsequenceMatches(table.Length, table.Matches(matchLengthMin));
    }

    private ValueTask<(byte[] Mine, byte[] Others)> ReadBothAsync(KvKey other, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(key, door.Encode(other), static (turn, key, other) => ReadBoth(turn, key, other), cancellationToken);

    /// <summary>Copies two strings that may be compared (LCS).</summary>
    private static (byte[] Mine, byte[] Others) ReadBoth(Turn turn, EncodedKey key, EncodedKey other)
    {
        // One after the other: finding a key that has expired removes it, and the first location would be stale.
        var length = LengthOf(turn, key);
        var otherLength = LengthOf(turn, other);
        if (!CommonSubsequenceTable.Allows(length, otherLength))
            throw new ComparisonTooLargeException(key.Bytes, length, other.Bytes, otherLength, CommonSubsequenceTable.StepsMax);

        return length == 0 || otherLength == 0 ? ([], []) : (Copy(turn, key), Copy(turn, other));
    }

    private static int LengthOf(Turn turn, EncodedKey key)
    {
        turn.TryFind(key, out var location);
        return StringReads.LengthAt(key, location);
    }

    private static byte[] Copy(Turn turn, EncodedKey key) => StringReads.GetRange(turn, key, Range.All).ToArray();
}

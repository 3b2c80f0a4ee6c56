using System.Numerics;

namespace KvEmbedded.Strings;

/// <summary>
/// The longest common subsequence of two byte strings, 64 cells of the classic table at a time (Hyyrö, Bit-parallel
/// LCS-length computation revisited, 2004).
/// </summary>
/// <remarks>
/// The classic table L[i, j] holds the length for the first i bytes of one string and the first j of the other. Along a row
/// it rises by steps of one, so a row is kept as bits: bit j - 1 of row i is zero where L[i, j] is one more than
/// L[i, j - 1]. That is also all that walking back needs: where the bytes differ and L rises, the length came from the
/// row above, and else from the column before. Of several longest subsequences this finds the one that Redis finds.
/// </remarks>
internal sealed class CommonSubsequenceTable
{
    /// <summary>Most cells of the classic table: 128 MiB of bits, some 0.1 s of work.</summary>
    public const long StepsMax = 1L << 30;

    private const int WordBits = 64;

    private readonly byte[] rowBytes;
    private readonly byte[] columnBytes;
    private readonly int words;

    // All rows, one after the other; the first is that of no byte.
    private readonly ulong[] rows;

    public CommonSubsequenceTable(byte[] rowBytes, byte[] columnBytes)
    {
        this.rowBytes = rowBytes;
        this.columnBytes = columnBytes;
        words = (int)WordsFor(columnBytes.Length);
        rows = new ulong[(rowBytes.Length + 1) * words];
        Row(0).Fill(ulong.MaxValue);
        var masks = Masks(rowBytes, columnBytes);
        for (var i = 0; i < rowBytes.Length; i++) NextRow(Row(i), masks[rowBytes[i]], Row(i + 1));
        Length = Rises(Row(rowBytes.Length), columnBytes.Length);
    }

    /// <summary>Length of the longest common subsequence.</summary>
    public int Length { get; }

    /// <summary>True if strings of these lengths may be compared: the bits of a row come in whole words.</summary>
    public static bool Allows(int rowLength, int columnLength) =>
        (long)rowLength * WordsFor(columnLength) * WordBits <= StepsMax;

    /// <summary>The length alone: one row is enough.</summary>
    public static int LengthOf(byte[] rowBytes, byte[] columnBytes)
    {
        var masks = Masks(rowBytes, columnBytes);
        var row = new ulong[WordsFor(columnBytes.Length)];
        row.AsSpan().Fill(ulong.MaxValue);
        foreach (var value in rowBytes) NextRow(row, masks[value], row);
        return Rises(row, columnBytes.Length);
    }

    /// <summary>The subsequence itself.</summary>
    public byte[] Text()
    {
        var text = new byte[Length];
        var at = Length;
        foreach (var (i, _) in WalkBack()) text[--at] = rowBytes[i];
        return text;
    }

    /// <summary>The runs that are adjacent in both strings, first to last.</summary>
    public List<CommonSubsequenceMatch> Matches(int lengthMin)
    {
        var matches = new List<CommonSubsequenceMatch>();
        CommonSubsequenceMatch run = default;
        foreach (var (i, j) in WalkBack())
        {
            if (run.Length > 0 && run.Start == i + 1 && run.OtherStart == j + 1)
            {
                run = new CommonSubsequenceMatch(i, j, run.Length + 1);
                continue;
            }

            Keep(run);
            run = new CommonSubsequenceMatch(i, j, 1);
        }

        Keep(run);
        matches.Reverse();
        return matches;

        void Keep(CommonSubsequenceMatch ended)
        {
            if (ended.Length > 0 && ended.Length >= lengthMin) matches.Add(ended);
        }
    }

    /// <summary>The places of the subsequence's bytes in both strings, last to first.</summary>
    private IEnumerable<(int Row, int Column)> WalkBack()
    {
        var (i, j) = (rowBytes.Length, columnBytes.Length);
        while (i > 0 && j > 0)
        {
            if (rowBytes[i - 1] == columnBytes[j - 1]) yield return (--i, --j);
            else if (RisesAt(i, j - 1)) i--;
            else j--;
        }
    }

    /// <summary>For each byte of the rows, which columns have it; null for bytes that no row asks for.</summary>
    private static ulong[]?[] Masks(byte[] rowBytes, byte[] columnBytes)
    {
        var masks = new ulong[]?[256];
        foreach (var value in rowBytes) masks[value] ??= new ulong[WordsFor(columnBytes.Length)];
        for (var j = 0; j < columnBytes.Length; j++)
        {
            if (masks[columnBytes[j]] is { } mask) mask[j / WordBits] |= 1UL << (j % WordBits);
        }

        return masks;
    }

    /// <summary>row + (row and mask), with its carry from word to word, or (row and not mask). Both rows may be one.</summary>
    private static void NextRow(ReadOnlySpan<ulong> row, ReadOnlySpan<ulong> mask, Span<ulong> next)
    {
        var carry = 0UL;
        for (var word = 0; word < row.Length; word++)
        {
            var bits = row[word];
            var matching = bits & mask[word];
            var sum = bits + matching;
            var overflow = sum < bits ? 1UL : 0UL;
            sum += carry;
            carry = overflow | (sum < carry ? 1UL : 0UL);
            next[word] = sum | (bits & ~matching);
        }
    }

    private Span<ulong> Row(int row) => rows.AsSpan(row * words, words);

    private bool RisesAt(int row, int column) => (rows[(row * words) + (column / WordBits)] >> (column % WordBits) & 1) == 0;

    /// <summary>How often a row rises: the bits beyond the last column never do.</summary>
    private static int Rises(ReadOnlySpan<ulong> row, int columns)
    {
        var rises = 0;
        for (var word = 0; word < row.Length; word++)
        {
            var used = Math.Min(WordBits, columns - (word * WordBits));
            var unused = used == WordBits ? 0 : ulong.MaxValue << used;
            rises += WordBits - BitOperations.PopCount(row[word] | unused);
        }

        return rises;
    }

    private static long WordsFor(int columns) => (columns + (WordBits - 1L)) / WordBits;
}

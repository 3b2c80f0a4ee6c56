using System.Numerics;
using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Records;

/// <summary>
/// An array of numbers that may be huge. It lies in pages of 64 KiB, and a page comes into being when it is first written
/// to: making the array costs its directory, and no single write ever waits for more than one page.
/// </summary>
/// <remarks>Invariant: a page that is not there is all zeros; every page is full length but the last, which may be shorter.</remarks>
internal sealed class LazyArray<T> where T : unmanaged
{
    private const int ObjectBytes = 40;
    private const int PageBytes = 64 * 1024;

    private static readonly int PageBits = BitOperations.Log2((uint)(PageBytes / Unsafe.SizeOf<T>()));
    private static readonly int PageMask = (1 << PageBits) - 1;

    private readonly T[]?[] pages;

    public LazyArray(long length)
    {
        Length = length;
        pages = new T[(length + PageMask) >> PageBits][];
        MemoryBytes = ObjectBytes + ArrayBytes.Of(pages);
    }

    public long Length { get; }

    /// <summary>Bytes held by the pages that are there and the directory, O(1).</summary>
    public long MemoryBytes { get; private set; }

    public int PageCount => pages.Length;

    /// <summary>What is at a place. O(1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Read(ulong index)
    {
        var page = pages[index >> PageBits];
        return page is null ? default : page[(int)index & PageMask];
    }

    /// <summary>The place itself, for writing. O(1); the first write to a page makes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T At(ulong index) => ref (pages[index >> PageBits] ?? Make(index >> PageBits))[(int)index & PageMask];

    /// <summary>A page as it is; empty if all of it is zero.</summary>
    public ReadOnlySpan<T> Page(int page) => pages[page];

    /// <summary>A page for writing.</summary>
    public Span<T> PageToWrite(int page) => pages[page] ?? Make((ulong)page);

    public LazyArray<T> Copy()
    {
        var copy = new LazyArray<T>(Length) { MemoryBytes = MemoryBytes };
        for (var page = 0; page < pages.Length; page++) copy.pages[page] = (T[]?)pages[page]?.Clone();
        return copy;
    }

    public void CheckInvariants()
    {
        Invariant.Holds(
            MemoryBytes == ObjectBytes + ArrayBytes.Of(pages) + pages.Sum(static page => ArrayBytes.Of(page)), "pages are accounted");
        for (var page = 0; page < pages.Length; page++)
            Invariant.Holds(pages[page] is null || pages[page]!.Length == PageLength((ulong)page), "pages have their length");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T[] Make(ulong page)
    {
        var made = new T[PageLength(page)];
        MemoryBytes += ArrayBytes.Of(made);
        pages[page] = made;
        return made;
    }

    private long PageLength(ulong page) => Math.Min(1L << PageBits, Length - ((long)page << PageBits));
}

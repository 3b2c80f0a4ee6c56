using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KvEmbedded.Diagnostics;

/// <summary>
/// Hits and misses of reads that take no turn, counted on many threads at the price of a plain increment: each thread has
/// a stripe to itself, on cache lines of its own.
/// </summary>
/// <remarks>
/// Invariant: only the thread that owns a stripe writes its plain counters, so no count is lost. The runtime gives a
/// thread's id to another only when the first has ended, hence an owner's id names one live thread at most. A thread whose
/// stripe belongs to another counts in the same stripe's shared counters, with an interlocked increment.
/// </remarks>
internal sealed class ReadCounters
{
    private const int StripesMin = 16;

    private readonly Stripe[] stripes;

    /// <param name="stripes">A power of two; tests choose few, so that threads have to share.</param>
    public ReadCounters(int stripes) => this.stripes = new Stripe[stripes];

    public ReadCounters()
        : this((int)Math.Max(StripesMin, BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 4)))
    {
    }

    public long Hits
    {
        get
        {
            var sum = 0L;
            foreach (ref var stripe in stripes.AsSpan()) sum += Volatile.Read(ref stripe.Hits) + Volatile.Read(ref stripe.SharedHits);
            return sum;
        }
    }

    public long Misses
    {
        get
        {
            var sum = 0L;
            foreach (ref var stripe in stripes.AsSpan()) sum += Volatile.Read(ref stripe.Misses) + Volatile.Read(ref stripe.SharedMisses);
            return sum;
        }
    }

    /// <summary>Counts one read on the calling thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(bool isHit)
    {
        var thread = Environment.CurrentManagedThreadId;
        ref var stripe = ref stripes[thread & (stripes.Length - 1)];
        if (stripe.Owner != thread)
            CountShared(ref stripe, thread, isHit);
        else if (isHit)
            stripe.Hits++;
        else
            stripe.Misses++;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CountShared(ref Stripe stripe, int thread, bool isHit)
    {
        // The first thread to come here has the stripe from its next read on.
        Interlocked.CompareExchange(ref stripe.Owner, thread, 0);
        Interlocked.Increment(ref isHit ? ref stripe.SharedHits : ref stripe.SharedMisses);
    }

    /// <summary>Two cache lines, since processors fetch them in pairs.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Stripe
    {
        [FieldOffset(0)]
        public int Owner;

        [FieldOffset(8)]
        public long Hits;

        [FieldOffset(16)]
        public long Misses;

        [FieldOffset(24)]
        public long SharedHits;

        [FieldOffset(32)]
        public long SharedMisses;
    }
}

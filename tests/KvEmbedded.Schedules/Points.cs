using KvEmbedded.Schedules;
using Real = System.Threading.Interlocked;
using RealVolatile = System.Threading.Volatile;

// In the product's own namespace these names come before the system's: each atomic operation of the product is a point
// where the explorer may let another flow go on.
namespace KvEmbedded;

internal static class Interlocked
{
    public static int CompareExchange(ref int place, int value, int expected)
    {
        Explorer.Point();
        return Real.CompareExchange(ref place, value, expected);
    }

    public static int Exchange(ref int place, int value)
    {
        Explorer.Point();
        return Real.Exchange(ref place, value);
    }

    public static int Increment(ref int place)
    {
        Explorer.Point();
        return Real.Increment(ref place);
    }

    public static int Decrement(ref int place)
    {
        Explorer.Point();
        return Real.Decrement(ref place);
    }

    public static int Add(ref int place, int value)
    {
        Explorer.Point();
        return Real.Add(ref place, value);
    }

    public static long CompareExchange(ref long place, long value, long expected)
    {
        Explorer.Point();
        return Real.CompareExchange(ref place, value, expected);
    }

    public static long Exchange(ref long place, long value)
    {
        Explorer.Point();
        return Real.Exchange(ref place, value);
    }

    public static long Increment(ref long place)
    {
        Explorer.Point();
        return Real.Increment(ref place);
    }

    public static long Decrement(ref long place)
    {
        Explorer.Point();
        return Real.Decrement(ref place);
    }

    public static long Add(ref long place, long value)
    {
        Explorer.Point();
        return Real.Add(ref place, value);
    }

    public static T CompareExchange<T>(ref T place, T value, T expected) where T : class?
    {
        Explorer.Point();
        return Real.CompareExchange(ref place, value, expected);
    }

    public static T Exchange<T>(ref T place, T value) where T : class?
    {
        Explorer.Point();
        return Real.Exchange(ref place, value);
    }

    public static void MemoryBarrier() => Real.MemoryBarrier();
}

internal static class Volatile
{
    public static bool Read(ref readonly bool place)
    {
        Explorer.Point();
        return RealVolatile.Read(in place);
    }

    public static void Write(ref bool place, bool value)
    {
        Explorer.Point();
        RealVolatile.Write(ref place, value);
    }

    public static byte Read(ref readonly byte place)
    {
        Explorer.Point();
        return RealVolatile.Read(in place);
    }

    public static void Write(ref byte place, byte value)
    {
        Explorer.Point();
        RealVolatile.Write(ref place, value);
    }

    public static int Read(ref readonly int place)
    {
        Explorer.Point();
        return RealVolatile.Read(in place);
    }

    public static void Write(ref int place, int value)
    {
        Explorer.Point();
        RealVolatile.Write(ref place, value);
    }

    public static uint Read(ref readonly uint place)
    {
        Explorer.Point();
        return RealVolatile.Read(in place);
    }

    public static void Write(ref uint place, uint value)
    {
        Explorer.Point();
        RealVolatile.Write(ref place, value);
    }

    public static long Read(ref readonly long place)
    {
        Explorer.Point();
        return RealVolatile.Read(in place);
    }

    public static void Write(ref long place, long value)
    {
        Explorer.Point();
        RealVolatile.Write(ref place, value);
    }

    public static ulong Read(ref readonly ulong place)
    {
        Explorer.Point();
        return RealVolatile.Read(in place);
    }

    public static void Write(ref ulong place, ulong value)
    {
        Explorer.Point();
        RealVolatile.Write(ref place, value);
    }

    public static T Read<T>(ref readonly T place) where T : class?
    {
        Explorer.Point();
        return RealVolatile.Read(in place);
    }

    public static void Write<T>(ref T place, T value) where T : class?
    {
        Explorer.Point();
        RealVolatile.Write(ref place, value);
    }

    public static void ReadBarrier() => RealVolatile.ReadBarrier();

    public static void WriteBarrier() => RealVolatile.WriteBarrier();
}

/// <summary>A semaphore whose waiters are flows of the explorer.</summary>
internal sealed class SemaphoreSlim(int count)
{
    private int count = count;

    // No point in it: the lane releases while it has its lock.
    public void Release() => count++;

    public void Wait()
    {
        Explorer.WaitUntil(() => count > 0);
        count--;
    }
}

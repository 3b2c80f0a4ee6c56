using System.Runtime.CompilerServices;

namespace KvEmbedded.Tests;

/// <summary>The garbage collector's own figures, for a test that runs alone.</summary>
internal static class Heap
{
    private const int Rounds = 5;

    /// <summary>Bytes that are held by what is reachable, once finalizers have run.</summary>
    public static long Bytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>
    /// What a thing holds by its own account, over what the collector says: the middle one of several rounds, as pools and
    /// other tests' remains are collected in some of them.
    /// </summary>
    public static double Accounted<T>(Func<T> make, Func<T, long> account)
    {
        var ratios = new double[Rounds];
        for (var round = 0; round < Rounds; round++) ratios[round] = AccountedOnce(make, account);
        Array.Sort(ratios);
        return ratios[Rounds / 2];
    }

    /// <remarks>A method of its own: what one round has made would live on in its caller's frame.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double AccountedOnce<T>(Func<T> make, Func<T, long> account)
    {
        var before = Bytes();
        var made = make();
        var ratio = account(made) / (double)(Bytes() - before);
        GC.KeepAlive(made);
        return ratio;
    }
}

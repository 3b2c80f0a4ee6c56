using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Benchmarks;

/// <summary>One line of the table: two things measured side by side, the better one first.</summary>
/// <param name="Ours">Nanoseconds per operation, or bytes per key: the median.</param>
/// <param name="Hold">The least ratio of rival to ours.</param>
internal sealed record KeyTableRow(string Work, double Ours, double Rival, double Hold)
{
    public double Ratio => Rival / Ours;
}

/// <summary>
/// What does the bare key table cost beside ConcurrentDictionary? Both get a string per call, made before and not the one
/// that the dictionary holds, as in a request; both copy the value, one out, the other in.
/// </summary>
/// <remarks>Rounds of both alternate, so that a machine that drifts drifts under both; medians.</remarks>
internal sealed class KeyTableRows
{
    private const int ValueBytes = 16;
    private const int Batch = 16;

    private readonly int keyCount;
    private readonly int rounds;
    private readonly int operations;
    private readonly KeyTable table = new();
    private readonly ConcurrentDictionary<string, byte[]> dictionary = new();
    private readonly string[] probes;
    private readonly byte[] value = new byte[ValueBytes];
    private int start;

    private KeyTableRows(int keyCount, int rounds)
    {
        this.keyCount = keyCount;
        this.rounds = rounds;
        operations = 250_000 / Batch * Batch;
        var order = Enumerable.Range(0, keyCount).ToArray();
        var random = new Random(1);
        random.Shuffle(order);
        foreach (var number in order) dictionary[Name(number)] = new byte[ValueBytes];
        foreach (var number in order) Set(Name(number));
        random.Shuffle(order);

        // No store that lives has its values in the order of its keys: each is set twice, in different orders.
        foreach (var number in order) dictionary[Name(number)] = new byte[ValueBytes];
        foreach (var number in order) Set(Name(number));
        random.Shuffle(order);
        probes = Array.ConvertAll(order, Name);
        GC.Collect();
    }

    /// <summary>All rows for one number of keys. A round takes 10 to 150 ms; each goes on where the one before ended.</summary>
    public static IEnumerable<KeyTableRow> Measure(int keyCount, int rounds = 21)
    {
        var rows = new KeyTableRows(keyCount, rounds);
        var size = keyCount >= 1_000_000 ? $"{keyCount / 1_000_000} M keys" : $"{keyCount / 1000} k keys";
        var (get, many, set) = keyCount >= 1_000_000 ? (1.5, 2.8, 2.0) : (1.4, 1.4, 1.2);
        foreach (var threads in (int[])[1, 2])
        {
            var name = $"{size}, {threads} thread{(threads > 1 ? "s" : "")}";
            yield return rows.Row($"GET, {name}", get, threads, rows.GetOurs, rows.GetRival);
            yield return rows.Row($"GET to a fresh array, {name}", 1.0, threads, rows.GetArrayOurs, rows.GetArrayRival);
            yield return rows.Row($"16 keys at once, {name}", many, threads, rows.GetManyOurs, rows.GetRival);
        }

        yield return rows.Row($"SET 16 B over, {size}", set, 1, rows.SetOurs, rows.SetRival);
    }

    /// <summary>Bytes of heap per 16 + 16 byte key, beside the dictionary's.</summary>
    public static KeyTableRow MeasureBytes(int keyCount)
    {
        var start = GC.GetTotalMemory(forceFullCollection: true);
        var table = new KeyTable();
        Span<byte> key = stackalloc byte[16];
        for (var number = 0; number < keyCount; number++)
        {
            var length = ByteHash.OfText(Name(number), key, out var hash);
            table.PutString(key[..length], hash, new byte[ValueBytes]);
        }

        var ours = GC.GetTotalMemory(forceFullCollection: true) - start;
        GC.KeepAlive(table);
        table = null;
        start = GC.GetTotalMemory(forceFullCollection: true);
        var dictionary = new ConcurrentDictionary<string, byte[]>();
        for (var number = 0; number < keyCount; number++) dictionary[Name(number)] = new byte[ValueBytes];
        var rival = GC.GetTotalMemory(forceFullCollection: true) - start;
        GC.KeepAlive(dictionary);
        return new KeyTableRow($"bytes per key, {keyCount} keys", ours / (double)keyCount, rival / (double)keyCount, 1);
    }

    private static string Name(int number) => $"user:{number:D11}";

    private KeyTableRow Row(string work, double hold, int threads, Func<int, int> ours, Func<int, int> rival)
    {
        var (ourTimes, rivalTimes) = (new double[rounds], new double[rounds]);
        Time(threads, ours);
        Time(threads, rival);
        for (var round = 0; round < rounds; round++)
        {
            ourTimes[round] = Time(threads, ours);
            rivalTimes[round] = Time(threads, rival);
        }

        Array.Sort(ourTimes);
        Array.Sort(rivalTimes);
        return new KeyTableRow(work, ourTimes[rounds / 2], rivalTimes[rounds / 2], hold);
    }

    /// <summary>Nanoseconds per operation of one thread; each thread starts elsewhere in the keys.</summary>
    private double Time(int threads, Func<int, int> work)
    {
        start = (start + operations) % keyCount;
        using var line = new Barrier(threads);
        var times = new double[threads];
        var workers = new Thread[threads - 1];
        for (var thread = 1; thread < threads; thread++)
        {
            var at = thread;
            workers[at - 1] = new Thread(() => Run(at));
            workers[at - 1].Start();
        }

        Run(0);
        foreach (var worker in workers) worker.Join();
        return times.Average();

        void Run(int thread)
        {
            line.SignalAndWait();
            var begun = Stopwatch.GetTimestamp();
            var found = work((start + (keyCount / threads * thread)) % keyCount);
            times[thread] = Stopwatch.GetElapsedTime(begun).TotalNanoseconds / operations;
            if (found != operations) throw new InvalidOperationException("A key is missing.");
        }
    }

    private int GetOurs(int at)
    {
        Span<byte> key = stackalloc byte[128];
        Span<byte> copy = stackalloc byte[ValueBytes];
        var found = 0;
        for (var operation = 0; operation < operations; operation++)
        {
            var name = probes[at];
            if (++at == probes.Length) at = 0;
            var bytes = key[..ByteHash.OfText(name, key, out var hash)];
            if (table.TryRead(bytes, hash, copy, out _, out _) == ReadOutcome.Bytes) found++;
        }

        return found;
    }

    private int GetRival(int at)
    {
        Span<byte> copy = stackalloc byte[ValueBytes];
        var found = 0;
        for (var operation = 0; operation < operations; operation++)
        {
            var name = probes[at];
            if (++at == probes.Length) at = 0;
            if (!dictionary.TryGetValue(name, out var bytes)) continue;
            bytes.CopyTo(copy);
            found++;
        }

        return found;
    }

    private int GetArrayOurs(int at)
    {
        Span<byte> key = stackalloc byte[128];
        var found = 0;
        for (var operation = 0; operation < operations; operation++)
        {
            var name = probes[at];
            if (++at == probes.Length) at = 0;
            var bytes = key[..ByteHash.OfText(name, key, out var hash)];
            var read = table.Read(bytes, hash);
            if (read.Outcome == ReadOutcome.Bytes && read.Bytes.Length == ValueBytes) found++;
        }

        return found;
    }

    private int GetArrayRival(int at)
    {
        var found = 0;
        for (var operation = 0; operation < operations; operation++)
        {
            var name = probes[at];
            if (++at == probes.Length) at = 0;
            if (dictionary.TryGetValue(name, out var bytes) && bytes.AsSpan().ToArray().Length == ValueBytes) found++;
        }

        return found;
    }

    private int GetManyOurs(int at)
    {
        Span<byte> keys = stackalloc byte[Batch * 64];
        Span<byte> copy = stackalloc byte[ValueBytes];
        Span<int> lengths = stackalloc int[Batch];
        Span<uint> hashes = stackalloc uint[Batch];
        var found = 0;
        for (var operation = 0; operation < operations; operation += Batch)
        {
            for (var one = 0; one < Batch; one++)
            {
                var key = keys.Slice(one * 64, 64);
                lengths[one] = ByteHash.OfText(probes[at], key, out hashes[one]);
                if (++at == probes.Length) at = 0;
                table.PrefetchSlot(hashes[one]);
            }

            for (var one = 0; one < Batch; one++) table.PrefetchOwner(hashes[one]);
            for (var one = 0; one < Batch; one++)
            {
                var outcome = table.TryRead(keys.Slice(one * 64, lengths[one]), hashes[one], copy, out _, out _);
                if (outcome == ReadOutcome.Bytes) found++;
            }
        }

        return found;
    }

    private int SetOurs(int at)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            Set(probes[at]);
            if (++at == probes.Length) at = 0;
        }

        return operations;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(string name)
    {
        Span<byte> key = stackalloc byte[128];
        var bytes = key[..ByteHash.OfText(name, key, out var hash)];
        table.PutString(bytes, hash, value);
    }

    private int SetRival(int at)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            dictionary[probes[at]] = value.AsSpan().ToArray();
            if (++at == probes.Length) at = 0;
        }

        return operations;
    }
}

using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using KvEmbedded.Engine;
using KvEmbedded.Keys;
using KvEmbedded.Strings;

namespace KvEmbedded.HyperLogLogs;

/// <summary>The HyperLogLog at one key.</summary>
/// <remarks>Elements are hashed before the loop is taken, and a caller takes the idle loop itself.</remarks>
internal sealed class HyperLogLogHandle : KeyHandle, IHyperLogLog
{
    public HyperLogLogHandle(Door door, EncodedKey key) : base(door, key)
    {
    }

    public ValueTask<bool> AddAsync(KvValue element, CancellationToken cancellationToken)
    {
        Span<byte> scratch = stackalloc byte[ScratchLength];
        var register = RegisterValue.Of(element.Payload.Bytes(scratch));
        if (!door.TryEnter(cancellationToken, out var turn)) return AddInTurnAsync(register, cancellationToken);

        // Most elements change nothing, and then nothing can fail. The other cases are apart, so that their locals cost it nothing.
        if (!IsAsHigh(turn, register)) return AddHolding(turn, register);
        door.Leave(turn);
        return new ValueTask<bool>(false);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask<bool> AddInTurnAsync(RegisterValue register, CancellationToken cancellationToken) =>
        door.RunAsync(
            key, register, static (turn, key, register) => Add(turn, key, new ReadOnlySpan<RegisterValue>(in register)), cancellationToken);

    /// <summary>True if the register of a large one, which was looked at before, is as high already.</summary>
    private bool IsAsHigh(Turn turn, RegisterValue register) =>
        turn.TryFind(key, out var location) && location.Entry is { Value: StringBlob { Companion: RegisterHistogram } blob }
        && DenseRegisters.Read(blob.Span, register.Index) >= register.Rank;

    public ValueTask<bool> AddAsync(IReadOnlyCollection<KvValue> elements, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(elements);
        Span<byte> scratch = stackalloc byte[ScratchLength];
        var registers = new RegisterValue[elements.Count];
        var i = 0;
        foreach (var element in elements) registers[i++] = RegisterValue.Of(element.Payload.Bytes(scratch));
        return door.RunMeasuredAsync(key, registers, static (turn, key, registers) => Add(turn, key, registers), cancellationToken);
    }

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        door.RunShortAsync(key, 0, static (turn, key, _) => Count(turn, key), cancellationToken);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask<bool> AddHolding(Turn turn, RegisterValue register) =>
        door.RunAndLeave(turn, key, register, static (turn, key, register) => Add(turn, key, new ReadOnlySpan<RegisterValue>(in register)));

    /// <summary>Shows it elements (PFADD).</summary>
    private static bool Add(Turn turn, EncodedKey key, ReadOnlySpan<RegisterValue> registers)
    {
        var changed = !turn.TryFind(key, out var location);
        if (changed || registers.Length != 1) turn.CloseToReaders();
        var blob = HyperLogLogReads.ToChange(turn, key, location);

        // Two writes, of a register and of the estimate's end: nobody is to see the one without the other.
        if (!HyperLogLogFormat.IsStale(blob.Span)) turn.CloseToReaders();
        foreach (var register in registers) changed |= HyperLogLogValue.Raise(blob, register);
        if (!changed) return false;

        HyperLogLogValue.MakeStale(blob);
        if (HyperLogLogFormat.IsDense(blob.Span)) DenseRegisters.HistogramOf(blob);
        turn.Changed(key, KeyEventKind.HyperLogLogAdded);
        return true;
    }

    /// <summary>Estimates, and keeps the estimate (PFCOUNT).</summary>
    internal static long Count(Turn turn, EncodedKey key)
    {
        if (!turn.TryFind(key, out var location)) return 0;
        var value = HyperLogLogReads.At(key, location);
        if (!HyperLogLogFormat.IsStale(value)) return HyperLogLogFormat.Estimate(value);
        if (location.IsString) return CountRecord(turn, location, value);

        // The companion is accounted, and what is written in a transaction noted.
        var blob = StringReads.Blob(key, location);
        if (turn.IsRecording || blob.Companion is null) turn.FindToChange<StringBlob>(key);
        return HyperLogLogValue.Count(blob);
    }

    /// <summary>One that came by a write of a plain string, and is still a record.</summary>
    /// <remarks>The estimate is kept where it stands, which takes no memory; in a transaction, where that is not done, it is not kept.</remarks>
    private static long CountRecord(Turn turn, KeyLocation location, ReadOnlySpan<byte> value)
    {
        var estimate = HyperLogLogValue.HistogramOf(value).Estimate();
        Span<byte> kept = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(kept, estimate);
        turn.TryWriteInPlace(location, HyperLogLogFormat.EstimateAt, kept);
        return estimate;
    }
}

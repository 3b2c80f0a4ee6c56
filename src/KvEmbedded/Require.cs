using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded;

/// <summary>Checks of arguments, made before the loop is taken.</summary>
internal static class Require
{
    /// <exception cref="ValueTooLongException">The value is longer than the keyspace allows.</exception>
    public static void ValueLength(Door door, ReadOnlySpan<byte> key, KvValue value)
    {
        // The bound costs no look at the text, and almost always is enough.
        var max = door.Store.Options.ValueLengthMax;
        if (value.Payload.LengthMax > max && value.Length > max) throw new ValueTooLongException(key.ToArray(), value.Length, max);
    }

    /// <inheritdoc cref="ValueLength(Door, ReadOnlySpan{byte}, KvValue)"/>
    public static void ValueLength(Door door, EncodedKey key, KvValue value) => ValueLength(door, key.Span, value);

    /// <summary>A length that a command would produce, checked in its turn, before it changes anything.</summary>
    /// <exception cref="ValueTooLongException">It is longer than the keyspace allows.</exception>
    public static void ValueLength(Turn turn, EncodedKey key, long length)
    {
        if (length > turn.Options.ValueLengthMax) throw new ValueTooLongException(key.Bytes, length, turn.Options.ValueLengthMax);
    }

    /// <exception cref="ArgumentOutOfRangeException">A waiting time is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public static TimeSpan WaitingTime(TimeSpan waitingTime, string name = "waitingTime") =>
        waitingTime >= TimeSpan.Zero || waitingTime == Timeout.InfiniteTimeSpan
            ? waitingTime
            : throw new ArgumentOutOfRangeException(name, waitingTime,
                "A waiting time must not be negative. Zero does not wait; Timeout.InfiniteTimeSpan waits for ever.");

    /// <exception cref="ArgumentOutOfRangeException">The value is none of the named ones.</exception>
    public static TEnum Named<TEnum>(TEnum value, [CallerArgumentExpression(nameof(value))] string? name = null) where TEnum : struct, Enum =>
        Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"There is no such {typeof(TEnum).Name}. Use a named one.");

    /// <summary>What of there must be at least one.</summary>
    /// <param name="what">One of them, as the error calls it.</param>
    /// <exception cref="ArgumentNullException">There is not even a collection.</exception>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static IReadOnlyCollection<T> Some<T>(
        IReadOnlyCollection<T> items, string what, [CallerArgumentExpression(nameof(items))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(items, name);
        return items.Count > 0 ? items : throw new ArgumentException($"At least one {what} is needed.", name);
    }

    /// <summary>What is added to a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public static double Finite(double by, [CallerArgumentExpression(nameof(by))] string? name = null) =>
        double.IsFinite(by) ? by : throw new ArgumentOutOfRangeException(name, by, "Only a finite number can be added.");

    /// <summary>How much a subscription buffers.</summary>
    /// <param name="capacityIfNone">That of the options.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is none or too much.</exception>
    public static int FeedCapacity(int? capacity, int capacityIfNone) =>
        capacity is < 1 or > KeyspaceOptionsValidation.CountMax
            ? throw new ArgumentOutOfRangeException(nameof(capacity), capacity, $"The capacity of a subscription is 1 to {KeyspaceOptionsValidation.CountMax} events.")
            : capacity ?? capacityIfNone;

    /// <exception cref="ArgumentOutOfRangeException">The number is NaN.</exception>
    public static double Number(double number, string name = "score") =>
        double.IsNaN(number) ? throw new ArgumentOutOfRangeException(name, number, "NaN has no place in an order. Give a number; infinities are allowed.") : number;

    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public static long AtLeastOne(long number, [CallerArgumentExpression(nameof(number))] string? name = null) =>
        number >= 1 ? number : throw new ArgumentOutOfRangeException(name, number, "An increment is at least 1.");
}

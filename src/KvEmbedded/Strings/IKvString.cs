using System.Buffers;

namespace KvEmbedded;

/// <summary>A byte string at one key.</summary>
/// <remarks>
/// A handle is an address, not a value: it may outlive its key. Safe for concurrent use. Every member but
/// <see cref="SetAsync"/> and <see cref="GetAndSetAsync"/> throws <see cref="WrongTypeException"/> if the key holds another
/// data type, and <see cref="ObjectDisposedException"/> once the keyspace is disposed.
/// </remarks>
public interface IKvString : IKeyHandle
{
    /// <summary>Reads the value.</summary>
    /// <returns>A copy of the value, or null if there is no such key.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Takes no turn: readers never wait for each other or for the loop. Redis: <c>GET key</c>.</remarks>
    ValueTask<KvValue?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes the value into <paramref name="destination"/>, with no array in between.</summary>
    /// <returns>True if the key exists; false, with nothing written, if not.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(n), n bytes. Redis: <c>GET key</c>.</remarks>
    ValueTask<bool> WriteToAsync(IBufferWriter<byte> destination, CancellationToken cancellationToken = default);

    /// <summary>Sets the value, whatever the key holds now.</summary>
    /// <param name="value">The new value; it is copied in.</param>
    /// <param name="expiration">When the key shall expire; by default never, and an earlier time to live is taken away.</param>
    /// <param name="when">Whether the key must be missing (NX) or present (XX); by default it is set in any case.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if the value was set; false if <paramref name="when"/> forbade it.</returns>
    /// <exception cref="ValueTooLongException">The value is longer than the keyspace allows.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(1). Redis: <c>SET key value [NX | XX] [PX ttl | PXAT moment | KEEPTTL]</c>.</remarks>
    ValueTask<bool> SetAsync(
        KvValue value, Expiration expiration = default, SetWhen when = SetWhen.Always, CancellationToken cancellationToken = default);

    /// <summary>Sets the value and returns the one it replaces, in one step.</summary>
    /// <returns>The value before, or null if the key was missing; whether the new one was set follows from <paramref name="when"/>.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>SET key value GET</c>.</remarks>
    ValueTask<KvValue?> GetAndSetAsync(
        KvValue value, Expiration expiration = default, SetWhen when = SetWhen.Always, CancellationToken cancellationToken = default);
}

/// <summary>Which keys a write may touch.</summary>
public enum SetWhen
{
    /// <summary>Any key.</summary>
    Always,

    /// <summary>Only a key that is missing (NX).</summary>
    Missing,

    /// <summary>Only a key that is present (XX).</summary>
    Present,
}

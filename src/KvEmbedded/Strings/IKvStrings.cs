namespace KvEmbedded;

/// <summary>Strings at several keys in one step, and at one key without a handle.</summary>
/// <remarks>Safe for concurrent use. A command on several keys is one turn: nobody sees half of it.</remarks>
public interface IKvStrings
{
    /// <summary>Reads one string.</summary>
    /// <inheritdoc cref="IKvString.GetAsync"/>
    ValueTask<KvValue?> GetAsync(KvKey key, CancellationToken cancellationToken = default);

    /// <summary>Sets one string, whatever the key holds now.</summary>
    /// <inheritdoc cref="IKvString.SetAsync"/>
    ValueTask<bool> SetAsync(
        KvKey key, KvValue value, Expiration expiration = default, SetWhen when = SetWhen.Always,
        CancellationToken cancellationToken = default);
}

using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.Lists;

/// <summary>The list at one key. Each family of commands has a file of its own.</summary>
internal sealed partial class ListHandle : KeyHandle, IKvList
{
    private EncodedKey[]? ownKey;

    public ListHandle(Door door, EncodedKey key) : base(door, key)
    {
    }

    /// <summary>The key as those take it that can wait for several.</summary>
    private EncodedKey[] OwnKey => ownKey ??= [key];

    /// <summary>Runs a command with one element; where the loop is idle, without an array for it.</summary>
    /// <exception cref="ValueTooLongException">The element is longer than the keyspace allows.</exception>
    private ValueTask<TResult> RunOnElementAsync<TArgs, TResult>(
        KvValue element, TArgs args, MemberCommand<TArgs, TResult> command, CancellationToken cancellationToken)
    {
        Require.ValueLength(door, key, element);
        return RunOnMemberAsync(element, args, command, cancellationToken);
    }

    /// <summary>The elements' bytes; nobody changes them until the command has ended.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    private ReadOnlyMemory<byte>[] EncodeAll(IReadOnlyCollection<KvValue> elements)
    {
        Require.Some(elements, "element");
        var encoded = new ReadOnlyMemory<byte>[elements.Count];
        var i = 0;
        foreach (var element in elements)
        {
            Require.ValueLength(door, key, element);
            encoded[i++] = element.ToMemory();
        }

        return encoded;
    }
}

using System.Runtime.CompilerServices;
using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.Lists;

/// <summary>The list at one key. Each family of commands has a file of its own.</summary>
internal sealed partial class ListHandle : KeyHandle, IKvList
{
    /// <summary>Elements up to here are encoded on the stack.</summary>
    private const int ScratchLength = 256;

    private EncodedKey[]? ownKey;

    public ListHandle(Door door, EncodedKey key) : base(door, key)
    {
    }

    /// <summary>A command with one element, whose bytes are good for as long as it runs.</summary>
    private delegate TResult ElementCommand<in TArgs, out TResult>(Turn turn, EncodedKey key, ReadOnlySpan<byte> element, TArgs args);

    /// <summary>The key as those take it that can wait for several.</summary>
    private EncodedKey[] OwnKey => ownKey ??= [key];

    /// <summary>Runs a command with one element; where the loop is idle, without an array for it.</summary>
    private ValueTask<TResult> RunOnElementAsync<TArgs, TResult>(
        KvValue element, TArgs args, ElementCommand<TArgs, TResult> command, CancellationToken cancellationToken)
    {
        Require.ValueLength(door, key, element);
        if (!door.TryEnter(cancellationToken, out var turn)) return RunInTurnAsync(element, args, command, cancellationToken);

        try
        {
            Span<byte> scratch = stackalloc byte[ScratchLength];
            return new ValueTask<TResult>(command(turn, key, element.Payload.Bytes(scratch), args));
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<TResult>(exception);
        }
        finally
        {
            door.Leave(turn);
        }
    }

    // Apart, so that its locals cost the common case nothing.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask<TResult> RunInTurnAsync<TArgs, TResult>(
        KvValue element, TArgs args, ElementCommand<TArgs, TResult> command, CancellationToken cancellationToken) =>
        door.RunAsync(
            key, (Element: element.ToMemory(), args, command),
            static (turn, key, a) => a.command(turn, key, a.Element.Span, a.args), cancellationToken);

    /// <summary>The elements' bytes; nobody changes them until the command has ended.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    private ReadOnlyMemory<byte>[] Encode(IReadOnlyCollection<KvValue> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        if (elements.Count == 0) throw new ArgumentException("At least one element is needed.", nameof(elements));
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

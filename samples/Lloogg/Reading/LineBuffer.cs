namespace Lloogg;

/// <summary>One line of text: where it is, which line of its log it is, and whether its end was cut off.</summary>
/// <param name="Text">The bytes without line end; valid until the buffer is asked for <see cref="LineBuffer.Free"/>.</param>
/// <param name="Number">Counted from 1.</param>
/// <param name="IsCut">True if the line is longer than the buffer keeps, and the rest was skipped.</param>
internal readonly record struct LogText(ReadOnlyMemory<byte> Text, long Number, bool IsCut);

/// <summary>
/// Cuts a flow of bytes into lines within a fixed amount of memory. The bytes <c>start..end</c> are read and not yet
/// taken, of which <c>start..searched</c> hold no line end. Invariant: once <see cref="TryTake"/> has answered false, at
/// most <c>longest</c> bytes are waiting, so there is always room to read.
/// </summary>
/// <param name="longest">The longest line that is kept whole, in bytes; of a longer one only this much is kept.</param>
internal sealed class LineBuffer(int longest = LineBuffer.LongestLine)
{
    /// <summary>The longest line that is kept whole unless said otherwise, in bytes.</summary>
    public const int LongestLine = 64 * 1024;

    private readonly byte[] bytes = new byte[4 * longest];
    private int start;
    private int searched;
    private int end;
    private long number;
    private bool skipping;

    /// <summary>Room to read into, never empty. Lines taken before are no longer valid.</summary>
    public Memory<byte> Free()
    {
        bytes.AsSpan(start, end - start).CopyTo(bytes);
        searched -= start;
        end -= start;
        start = 0;
        return bytes.AsMemory(end);
    }

    /// <summary>Says that this many bytes were read into <see cref="Free"/>.</summary>
    public void Filled(int count) => end += count;

    /// <summary>Takes the next whole line, if there is one. A carriage return before the line end is not part of it.</summary>
    public bool TryTake(out LogText line)
    {
        while (true)
        {
            var newline = bytes.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (newline < 0)
            {
                searched = end;
                return TryTakeOverlong(out line);
            }

            var text = bytes.AsMemory(start, searched + newline - start);
            start = searched += newline + 1;
            if (skipping)
            {
                skipping = false;
                continue;
            }

            line = Line(text);
            return true;
        }
    }

    /// <summary>Takes what is left when the log has ended without a line end.</summary>
    public bool TryTakeLast(out LogText line)
    {
        line = default;
        var text = bytes.AsMemory(start, end - start);
        start = searched = end = 0;
        if (skipping || text.IsEmpty)
        {
            skipping = false;
            return false;
        }

        line = Line(text);
        return true;
    }

    /// <summary>Forgets the log read so far: another one begins, at its line 1.</summary>
    public void Restart()
    {
        start = searched = end = 0;
        number = 0;
        skipping = false;
    }

    private bool TryTakeOverlong(out LogText line)
    {
        line = default;
        if (skipping)
        {
            start = searched = end;
            return false;
        }

        if (end - start <= longest) return false;
        line = Line(bytes.AsMemory(start, end - start));
        start = searched = end;
        skipping = true;
        return true;
    }

    private LogText Line(ReadOnlyMemory<byte> text)
    {
        number++;
        if (text.Length > longest) return new LogText(text[..longest], number, IsCut: true);
        return new LogText(text.Length > 0 && text.Span[^1] == '\r' ? text[..^1] : text, number, IsCut: false);
    }
}

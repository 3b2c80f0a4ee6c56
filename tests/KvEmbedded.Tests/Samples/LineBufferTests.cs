using System.Text;
using FsCheck.Xunit;
using Lloogg;

namespace KvEmbedded.Tests.Samples;

public sealed class LineBufferTests
{
    private const int Longest = 4;

    // Three letters, lines cut after four bytes, read in bites of any size: every edge is met in most runs.
    [Property]
    public void Lines_are_those_of_a_plain_split_however_the_bytes_arrive(byte[]? letters, byte[]? bites)
    {
        var text = string.Concat((letters ?? []).Select(letter => "abcd\r\n\n"[letter % 7]));

        var taken = new List<(string Text, long Number, bool IsCut)>();
        var buffer = new LineBuffer(Longest);
        var bytes = Encoding.ASCII.GetBytes(text);
        for (int at = 0, turn = 0; at < bytes.Length; turn++)
        {
            var free = buffer.Free();
            Assert.False(free.IsEmpty);
            var bite = bites is { Length: > 0 } ? 1 + bites[turn % bites.Length] : 3;
            var count = Math.Min(Math.Min(bite, free.Length), bytes.Length - at);
            bytes.AsSpan(at, count).CopyTo(free.Span);
            buffer.Filled(count);
            at += count;
            while (buffer.TryTake(out var line)) taken.Add(Copy(line));
        }

        if (buffer.TryTakeLast(out var last)) taken.Add(Copy(last));
        Assert.Equal(Model(text), taken);
    }

    [Fact]
    public void A_line_of_a_megabyte_is_cut_and_the_next_one_is_whole()
    {
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes(new string('x', 1 << 20) + "\nnext\n"));
        var buffer = new LineBuffer();
        var taken = new List<LogText>();
        while (stream.Read(buffer.Free().Span) is > 0 and var count)
        {
            buffer.Filled(count);
            while (buffer.TryTake(out var line)) taken.Add(line with { Text = line.Text.ToArray() });
        }

        Assert.Equal([(LineBuffer.LongestLine, 1L, true), (4, 2L, false)], taken.Select(line => (line.Text.Length, line.Number, line.IsCut)));
    }

    [Fact]
    public void Restart_forgets_half_a_line_and_counts_from_one()
    {
        var buffer = new LineBuffer(Longest);
        Fill(buffer, "one\nha");
        Assert.True(buffer.TryTake(out _));
        buffer.Restart();
        Fill(buffer, "two\n");

        Assert.True(buffer.TryTake(out var line));
        Assert.Equal(("two", 1L, false), Copy(line));
    }

    private static IEnumerable<(string Text, long Number, bool IsCut)> Model(string text)
    {
        var lines = text.Split('\n');
        var count = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        for (var at = 0; at < count; at++)
        {
            var line = lines[at];
            yield return line.Length > Longest
                ? (line[..Longest], at + 1, true)
                : (line.EndsWith('\r') ? line[..^1] : line, at + 1, false);
        }
    }

    private static void Fill(LineBuffer buffer, string text) => buffer.Filled(Encoding.ASCII.GetBytes(text, buffer.Free().Span));

    private static (string Text, long Number, bool IsCut) Copy(LogText line) =>
        (Encoding.ASCII.GetString(line.Text.Span), line.Number, line.IsCut);
}

using System.IO.Compression;
using System.Text;
using Lloogg;

namespace KvEmbedded.Tests.Samples;

public sealed class LogReaderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lloogg-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_log_is_read_to_its_last_line_plain_or_gzip_file_or_stream(bool zipped, bool asStream)
    {
        var expected = Enumerable.Range(0, 50_000).Select(number => $"line {number}").ToList();
        var path = Write("a.log", string.Join('\n', expected), zipped);

        await using var stream = File.OpenRead(path);
        await using var log = asStream ? LogReader.OfStream("a stream", new OneWay(stream)) : LogReader.OfFile(path);
        var lines = await ReadToEndAsync(log);
        if (log.TryTakeLast(out var last)) lines.Add(Text(last));

        Assert.Equal(expected, lines);
        Assert.Equal(!zipped && !asStream, log.CanGrow);
        if (!asStream) Assert.Equal(new FileInfo(path).Length, log.BytesRead);
    }

    [Fact]
    public async Task Gzip_members_one_after_the_other_are_one_log()
    {
        var path = Write("a.log.gz", "one\n", zipped: true);
        await File.WriteAllBytesAsync(path, [.. await File.ReadAllBytesAsync(path), .. Zip("two\n")]);

        await using var log = LogReader.OfFile(path);
        Assert.Equal(["one", "two"], await ReadToEndAsync(log));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_log_too_short_to_tell_its_kind_is_plain(int length)
    {
        var path = Write("a.log", new string('x', length));
        await using var file = LogReader.OfFile(path);
        await using var stream = LogReader.OfStream("a stream", new OneWay(new MemoryStream(new byte[length])));

        Assert.Empty(await ReadToEndAsync(file));
        Assert.Equal(length > 0, file.TryTakeLast(out _));
        Assert.Empty(await ReadToEndAsync(stream));
        Assert.Equal(length > 0, stream.TryTakeLast(out _));
    }

    [Fact]
    public async Task A_gzip_log_cut_short_gives_its_lines_and_then_an_error()
    {
        var whole = string.Concat(Enumerable.Range(0, 100_000).Select(number => $"line {number * 7919L}\n"));
        var path = Write("a.log.gz", whole, zipped: true);
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)]);

        await using var log = LogReader.OfFile(path);
        var lines = new List<string>();
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadToEndAsync(log, lines));
        Assert.InRange(lines.Count, 10_000, 90_000);
    }

    [Fact]
    public async Task A_growing_file_is_read_on_where_reading_stopped()
    {
        var path = Write("a.log", "one\ntw");
        await using var log = LogReader.OfFile(path);
        Assert.Equal(["one"], await ReadToEndAsync(log));
        Assert.Equal(FileFate.Same, log.Look());

        await File.AppendAllTextAsync(path, "o\nthree\n");
        Assert.Equal(FileFate.Same, log.Look());
        Assert.Equal(["two", "three"], await ReadToEndAsync(log));
        Assert.Equal(FileFate.Same, log.Look());
    }

    [Fact]
    public async Task A_file_cut_in_place_is_read_anew()
    {
        var path = Write("a.log", "one\ntwo\n");
        await using var log = LogReader.OfFile(path);
        await ReadToEndAsync(log);

        Cut(path, "three\n");
        Assert.Equal(FileFate.Truncated, log.Look());
        await log.RestartAsync();
        Assert.Equal(["three"], await ReadToEndAsync(log));
        Assert.Equal(FileFate.Same, log.Look());
    }

    [Fact]
    public async Task A_file_cut_in_place_and_longer_than_before_at_once_is_noticed_too()
    {
        var path = Write("a.log", "one\ntwo\n");
        await using var log = LogReader.OfFile(path);
        await ReadToEndAsync(log);
        Assert.Equal(FileFate.Same, log.Look());

        Cut(path, "three\nfour\nfive\nsix\n");
        Assert.Equal(FileFate.Truncated, log.Look());
    }

    [Fact]
    public async Task A_file_moved_away_gives_its_last_lines_before_its_successor_is_read()
    {
        var path = Write("a.log", "one\n");
        await using var log = LogReader.OfFile(path);
        Assert.Equal(["one"], await ReadToEndAsync(log));

        File.Move(path, path + ".1");
        Assert.Equal(FileFate.Same, log.Look()); // nothing there yet
        await File.AppendAllTextAsync(path + ".1", "two\n");
        Write("a.log", "three\nfour\nfive\n");
        Assert.Equal(FileFate.Replaced, log.Look());

        Assert.Equal(["two"], await ReadToEndAsync(log));
        await log.RestartAsync();
        Assert.Equal(["three", "four", "five"], await ReadToEndAsync(log));
        Assert.Equal(FileFate.Same, log.Look());
    }

    [Fact]
    public async Task An_empty_file_moved_away_is_noticed_once_its_successor_holds_anything()
    {
        var path = Write("a.log", "");
        await using var log = LogReader.OfFile(path);
        Assert.Empty(await ReadToEndAsync(log));

        File.Move(path, path + ".1");
        Write("a.log", "");
        Assert.Equal(FileFate.Same, log.Look());
        Write("a.log", "one\n");
        Assert.Equal(FileFate.Replaced, log.Look());
    }

    [Fact]
    public async Task A_successor_that_is_missing_at_the_restart_is_read_once_it_is_there()
    {
        var path = Write("a.log", "one\n");
        await using var log = LogReader.OfFile(path);
        await ReadToEndAsync(log);

        File.Delete(path);
        await log.RestartAsync();
        await Assert.ThrowsAsync<FileNotFoundException>(() => ReadToEndAsync(log));
        Assert.True(log.CanGrow);

        Write("a.log", "two\n");
        Assert.Equal(["two"], await ReadToEndAsync(log));
    }

    [Fact]
    public void Files_are_found_by_name_in_a_directory_and_by_pattern()
    {
        var newest = Write("access.log", "");
        var older = Write("access.log.1", "");
        Write("error.log", "");
        File.SetLastWriteTimeUtc(older, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal([newest], LogFiles.Find(newest));
        Assert.Equal([older, newest], LogFiles.Find(folder));
        Assert.Equal([older, newest], LogFiles.Find(Path.Combine(folder, "acc*")));
        Assert.Empty(LogFiles.Find(Path.Combine(folder, "nothing*")));
        Assert.Empty(LogFiles.Find(Path.Combine(folder, "nothing", "a*")));
        Assert.Empty(LogFiles.Find(Path.Combine(folder, "nothing.log")));
    }

    private static void Cut(string path, string text)
    {
        using var file = new FileStream(path, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite);
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    private static async Task<List<string>> ReadToEndAsync(LogReader log, List<string>? lines = null)
    {
        lines ??= [];
        while (await log.ReadAsync(CancellationToken.None))
        {
            while (log.TryTake(out var line)) lines.Add(Text(line));
        }

        return lines;
    }

    private static string Text(LogText line) => Encoding.UTF8.GetString(line.Text.Span);

    private static byte[] Zip(string text)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest)) zip.Write(Encoding.UTF8.GetBytes(text));
        return zipped.ToArray();
    }

    private string Write(string name, string text, bool zipped = false)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, zipped ? Zip(text) : Encoding.UTF8.GetBytes(text));
        return path;
    }

    /// <summary>A stream as a pipe is one: no length, no way back, one byte first.</summary>
    private sealed class OneWay(Stream inner) : Stream
    {
        private bool begun;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var bite = begun ? count : Math.Min(1, count);
            begun = true;
            return inner.Read(buffer, offset, bite);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

using System.IO.Compression;
using System.IO.Pipelines;

namespace Lloogg;

/// <summary>
/// One log, read from its beginning: a file or a stream, plain or gzip (told by its first two bytes). Memory in use is that
/// of one <see cref="LineBuffer"/>, however long the log is.
/// </summary>
/// <remarks>
/// <see cref="ReadAsync"/> until it answers false, taking all lines each time; then <see cref="TryTakeLast"/>. A file that
/// is still being written is followed with <see cref="Look"/>, which names what has become of it: nothing here waits, the
/// caller decides when to look again.
/// </remarks>
internal sealed class LogReader : IAsyncDisposable
{
    private readonly LineBuffer lines = new();
    private readonly string? path;
    private Stream? source;
    private Stream? bytes;
    private GrowingFile? growing;
    private bool ends;

    private LogReader(string name, string? path, Stream? source)
    {
        Name = name;
        this.path = path;
        this.source = source;
        ends = path is null;
    }

    /// <summary>A log in a file, opened at the first read; others may go on writing, renaming and deleting it.</summary>
    public static LogReader OfFile(string path) => new(path, path, null);

    /// <summary>A log in a stream, which is read to its end and not closed.</summary>
    public static LogReader OfStream(string name, Stream stream) => new(name, null, stream);

    /// <summary>What to call this log.</summary>
    public string Name { get; }

    /// <summary>Bytes of the file as it is now; null for a stream or a pipe, whose length nobody knows.</summary>
    public long? Length
    {
        get
        {
            if (path is null) return null;
            var file = new FileInfo(path);
            if (file.LinkTarget is not null) file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
            return file is { Exists: true, Length: > 0 } ? file.Length : null;
        }
    }

    /// <summary>Bytes of the file or stream read so far; of a gzip file the compressed ones.</summary>
    public long BytesRead { get; private set; }

    /// <summary>True for a plain file, which may grow. A gzip file and a stream end where they end.</summary>
    public bool CanGrow => !ends;

    /// <summary>Reads on. Lines taken before are no longer valid.</summary>
    /// <returns>False if there is no more: at the end, or at the present end of a file that grows.</returns>
    /// <exception cref="InvalidDataException">A gzip log is damaged or ends too early.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        bytes ??= await OpenAsync(cancellationToken);
        var count = await bytes.ReadAsync(lines.Free(), cancellationToken);
        lines.Filled(count);
        BytesRead = path is not null && source is { CanSeek: true } ? source.Position : BytesRead + count;
        return count > 0;
    }

    /// <summary>Takes the next whole line that was read.</summary>
    public bool TryTake(out LogText line) => lines.TryTake(out line);

    /// <summary>Takes what follows the last line end, once the log is known to have ended.</summary>
    public bool TryTakeLast(out LogText line) => lines.TryTakeLast(out line);

    /// <summary>What has become of a plain file since it was opened. O(1); to be asked at the file's present end.</summary>
    public FileFate Look() => growing?.Look() ?? FileFate.Same;

    /// <summary>Starts over with what is at the path now: at its first line.</summary>
    public async ValueTask RestartAsync()
    {
        await CloseAsync();
        lines.Restart();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => CloseAsync();

    private async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        if (path is null) return await UnzipAsync(source!, cancellationToken);

        var file = new FileStream(path, GrowingFile.Opening);
        source = file;
        if (file.CanSeek && !IsGzip(GrowingFile.ReadStart(file.SafeFileHandle, 2)))
        {
            growing = new GrowingFile(path, file);
            return file;
        }

        ends = true;
        return file.CanSeek
            ? new GZipStream(file, CompressionMode.Decompress)
            : await UnzipAsync(file, cancellationToken);
    }

    /// <summary>Looks at the first two bytes of a stream that cannot go back.</summary>
    private static async ValueTask<Stream> UnzipAsync(Stream stream, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: LineBuffer.LongestLine, leaveOpen: true));
        var first = await pipe.ReadAtLeastAsync(2, cancellationToken);
        var start = new byte[2];
        var length = (int)Math.Min(2, first.Buffer.Length);
        System.Buffers.BuffersExtensions.CopyTo(first.Buffer.Slice(0, length), start);
        pipe.AdvanceTo(first.Buffer.Start);
        return IsGzip(start.AsSpan(0, length))
            ? new GZipStream(pipe.AsStream(), CompressionMode.Decompress)
            : pipe.AsStream();
    }

    private static bool IsGzip(ReadOnlySpan<byte> start) => start is [0x1F, 0x8B, ..];

    /// <summary>Closes what was opened here. A stream that was handed in may be in the middle of a read, and stays open.</summary>
    private async ValueTask CloseAsync()
    {
        if (path is null) return;
        if (source is not null) await source.DisposeAsync();
        source = bytes = null;
        growing = null;
    }
}

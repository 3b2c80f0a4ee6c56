using Microsoft.Win32.SafeHandles;

namespace Lloogg;

/// <summary>What has become of a file that is being followed.</summary>
internal enum FileFate
{
    /// <summary>The path names the open file, which is as it was or longer.</summary>
    Same,

    /// <summary>The open file was cut in place and begins anew.</summary>
    Truncated,

    /// <summary>The path names another file: the open one was moved away and may still hold lines that were not read.</summary>
    Replaced,
}

/// <summary>
/// Tells truncation and rotation of an open file by content, so that it works on every platform: the first bytes and the
/// length of what is open, of what is at the path, and of what is open once more. A file that only grows has each of the
/// three begin like the one before, and be no shorter. <c>known</c> is how the open file began when last looked at.
/// </summary>
internal sealed class GrowingFile(string path, FileStream file)
{
    private const int KnownLength = 512;
    private byte[] known = [];

    /// <summary>For reading while others write, rename and delete.</summary>
    public static FileStreamOptions Opening => new()
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.SequentialScan,
        BufferSize = LineBuffer.LongestLine,
    };

    /// <summary>Compares what is open with what is at the path.</summary>
    public FileFate Look()
    {
        var before = Glimpse.Of(file.SafeFileHandle);
        if (!before.Start.AsSpan().StartsWith(known) || before.Length < file.Position) return FileFate.Truncated;

        known = before.Start;
        return TryGlimpsePath() is not { } there || (there.Continues(before) && Glimpse.Of(file.SafeFileHandle).Continues(there))
            ? FileFate.Same
            : FileFate.Replaced;
    }

    /// <summary>The first bytes of a file, wherever it is being read.</summary>
    public static byte[] ReadStart(SafeFileHandle file, int length)
    {
        var start = new byte[length];
        var count = RandomAccess.Read(file, start, fileOffset: 0);
        return start[..count];
    }

    /// <summary>Null while nothing is at the path: the file was moved and its successor is not there yet.</summary>
    private Glimpse? TryGlimpsePath()
    {
        try
        {
            using var there = File.OpenHandle(path, FileMode.Open, FileAccess.Read, Opening.Share);
            return Glimpse.Of(there);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private readonly record struct Glimpse(byte[] Start, long Length)
    {
        public static Glimpse Of(SafeFileHandle file)
        {
            var start = ReadStart(file, KnownLength);
            return new Glimpse(start, Math.Max(start.Length, RandomAccess.GetLength(file)));
        }

        public bool Continues(Glimpse earlier) => Length >= earlier.Length && Start.AsSpan().StartsWith(earlier.Start);
    }
}

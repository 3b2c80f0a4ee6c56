namespace Lloogg;

/// <summary>Finds the logs that the words of a command line mean: files, directories, and patterns no shell has expanded.</summary>
internal static class LogFiles
{
    /// <summary>The files that <paramref name="word"/> means, oldest first; none if it means nothing that is there.</summary>
    /// <remarks>A directory means its files with <c>access</c> in their names, as web servers call them.</remarks>
    public static IReadOnlyList<string> Find(string word)
    {
        if (File.Exists(word)) return [word];
        if (Directory.Exists(word)) return Match(word, "*access*");

        var name = Path.GetFileName(word);
        var folder = Path.GetDirectoryName(word);
        if (string.IsNullOrEmpty(folder)) folder = ".";
        return name.AsSpan().IndexOfAny('*', '?') >= 0 && Directory.Exists(folder) ? Match(folder, name) : [];
    }

    private static IReadOnlyList<string> Match(string folder, string pattern) =>
    [
        .. Directory.EnumerateFiles(folder, pattern)
            .OrderBy(File.GetLastWriteTimeUtc)
            .ThenBy(path => path, StringComparer.Ordinal),
    ];
}

using System.Text;

namespace KvEmbedded.Tests.HouseRules;

/// <summary>One tracked text: where it stands, what it says, and what of it is code.</summary>
internal sealed class SourceFile(string path, string text)
{
    /// <summary>From the root of the repository, with slashes.</summary>
    public string Path { get; } = path;

    public string Text { get; } = text;

    /// <summary>The text of a C# file without its comments, its literals emptied.</summary>
    public string Code { get; } = path.EndsWith(".cs", StringComparison.Ordinal) ? CodeOf(text, keepsLiterals: false) : text;

    /// <summary>The text of a C# file without its comments.</summary>
    public string CodeWithLiterals { get; } = path.EndsWith(".cs", StringComparison.Ordinal) ? CodeOf(text, keepsLiterals: true) : text;

    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The folder below <c>src/&lt;project&gt;/</c>; empty for the front, null for what is no product source.</summary>
    public string? Room
    {
        get
        {
            var parts = Path.Split('/');
            return parts is not ["src", _, _, ..] ? null : parts.Length == 3 ? "" : parts[2];
        }
    }

    /// <summary>All texts of the repository that are, or would be, tracked.</summary>
    public static IReadOnlyList<SourceFile> ReadAll()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !root.EnumerateFiles("KvEmbedded.sln").Any()) root = root.Parent;
        Assert.True(root is not null, "The tests do not run inside the repository.");
        var files = new List<SourceFile>();
        Add(root, "");
        return files;

        void Add(DirectoryInfo folder, string path)
        {
            foreach (var file in folder.EnumerateFiles().Where(static file => file.Length < 1 << 20 && file.Name != ".git"))
            {
                var bytes = File.ReadAllBytes(file.FullName);
                if (!bytes.AsSpan().Contains((byte)0)) files.Add(new SourceFile(path + file.Name, Encoding.UTF8.GetString(bytes)));
            }

            foreach (var sub in folder.EnumerateDirectories())
            {
                if (sub.Name is not ("bin" or "obj" or "artifacts" or "TestResults" or "BenchmarkDotNet.Artifacts" or ".git" or ".vs" or ".idea"))
                    Add(sub, $"{path}{sub.Name}/");
            }
        }
    }

    /// <summary>Comments become spaces, literals empty; lines stay lines.</summary>
    private static string CodeOf(string text, bool keepsLiterals)
    {
        var code = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var end = EndOfToken(text, at, out var isComment);
            if (end == at)
            {
                code.Append(text[at++]);
                continue;
            }

            var token = text[at..end];
            if (!isComment && keepsLiterals) code.Append(token);
            else code.Append(isComment ? " " : "\"\"").Append('\n', token.AsSpan().Count('\n'));
            at = end;
        }

        return code.ToString();
    }

    private static int EndOfToken(string text, int at, out bool isComment)
    {
        var rest = text.AsSpan(at);
        isComment = rest.StartsWith("//") || rest.StartsWith("/*");
        if (rest.StartsWith("//")) return EndAt(rest.IndexOf('\n'), 0);
        if (rest.StartsWith("/*")) return EndAt(rest[2..].IndexOf("*/"), 4);
        if (rest.StartsWith("\"\"\""))
        {
            var quotes = rest.IndexOfAnyExcept('"');
            return EndAt(rest[quotes..].IndexOf(rest[..quotes]), 2 * quotes);
        }

        if (rest.StartsWith("@\"")) return EndOfQuoted(text, at + 2, '"', isVerbatim: true);
        if (rest[0] is '"' or '\'') return EndOfQuoted(text, at + 1, rest[0], isVerbatim: false);
        return at;

        int EndAt(int found, int more) => found < 0 ? text.Length : at + found + more;
    }

    private static int EndOfQuoted(string text, int at, char quote, bool isVerbatim)
    {
        for (; at < text.Length; at++)
        {
            if (!isVerbatim && text[at] == '\\') at++;
            else if (text[at] == quote && isVerbatim && at + 1 < text.Length && text[at + 1] == quote) at++;
            else if (text[at] == quote) return at + 1;
        }

        return text.Length;
    }
}

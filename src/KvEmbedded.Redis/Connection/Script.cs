using System.Security.Cryptography;
using System.Text;

namespace KvEmbedded.Redis.Connection;

/// <summary>
/// A script that runs on the server as one step. Sent by its hash; a server that does not have it (a new one, or one whose
/// scripts were flushed) gets the text.
/// </summary>
/// <param name="name">What errors call it, in the words of the member it is for.</param>
/// <param name="text">Lua 5.1. Keys come as KEYS, arguments as ARGV; numbers of 64 bits must stay text.</param>
internal sealed class Script(string name, string text)
{
    public string Name { get; } = name;

    public string Text { get; } = text;

    /// <summary>SHA-1 of the text, which is how the server names it.</summary>
    public string Hash { get; } = HashOf(text);

#pragma warning disable CA5350 // The server's name for a script; nothing is protected by it.
    private static string HashOf(string text) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
}

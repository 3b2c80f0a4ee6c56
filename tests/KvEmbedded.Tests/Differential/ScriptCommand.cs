using System.Text;

namespace KvEmbedded.Tests.Differential;

/// <summary>One command with two faces: a call on a keyspace, and the words that mean the same to Redis.</summary>
/// <param name="OnKeyspace">The call; its answer as text.</param>
/// <param name="Read">The same text from Redis's reply.</param>
/// <param name="Words">What is sent to Redis.</param>
internal sealed record ScriptCommand(Func<IKeyspace, Task<string>> OnKeyspace, Func<Reply, string> Read, KvValue[] Words)
{
    /// <summary>A difference that is meant, and when two unequal answers (ours, then Redis's) are an instance of it.</summary>
    public (KnownDifference Difference, Func<string, string, bool> Explains)? Known { get; init; }

    /// <summary>The member of ours that it calls.</summary>
    public string Name { get; init; } = "";

    public static ScriptCommand Of<TAnswer>(
        Func<IKeyspace, ValueTask<TAnswer>> call, Func<Reply, string> read, params ReadOnlySpan<KvValue> words) =>
        new(async keyspace => Answer.Of(await call(keyspace)), read, words.ToArray());

    public async Task<string> RunAsync(IKeyspace keyspace)
    {
        try
        {
            return await OnKeyspace(keyspace);
        }
        catch (Exception error) when (error is KeyspaceException or ArgumentException)
        {
            return Answer.Of(error);
        }
    }

    /// <summary>True if both sides say the same, or differ as they are meant to.</summary>
    public bool Accepts(string ours, string theirs) => ours == theirs || Known?.Explains(ours, theirs) == true;

    public override string ToString()
    {
        var text = new StringBuilder(Name).Append(':');
        foreach (var word in Words) text.Append(' ').Append(Shortened(Answer.Of(word), 60));
        return text.ToString();
    }

    public static string Shortened(string text, int lengthMax) =>
        text.Length <= lengthMax ? text : $"{text[..lengthMax]}… ({text.Length} characters)";
}

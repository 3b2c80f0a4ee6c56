namespace KvEmbedded.Conformance;

/// <summary>Answers to questions about many things, as a row of signs: + for yes, - for no.</summary>
public static class Signs
{
    public static string Of(IEnumerable<bool>? answers) =>
        answers is null ? "none" : string.Concat(answers.Select(static answer => answer ? '+' : '-'));
}

namespace KvEmbedded.Redis.Connection;

/// <summary>Conditions in the server's words.</summary>
internal static class Words
{
    public static string[] Of(SetWhen when) => Require.Named(when) == SetWhen.Always ? [] : [OrNone(when)];

    /// <summary>As the other, as one word for a script: empty for any.</summary>
    public static string OrNone(SetWhen when) => Require.Named(when) switch
    {
        SetWhen.Missing => "NX",
        SetWhen.Present => "XX",
        _ => "",
    };

    public static string[] Of(ExpireWhen when) => Require.Named(when) switch
    {
        ExpireWhen.WithoutExpiration => ["NX"],
        ExpireWhen.WithExpiration => ["XX"],
        ExpireWhen.Later => ["GT"],
        ExpireWhen.Sooner => ["LT"],
        _ => [],
    };
}

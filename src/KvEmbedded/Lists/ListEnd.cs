namespace KvEmbedded;

/// <summary>An end of a list.</summary>
public enum ListEnd
{
    /// <summary>Where index 0 is. Redis: <c>LEFT</c>, the commands that begin with L.</summary>
    Head,

    /// <summary>Where the last element is. Redis: <c>RIGHT</c>, the commands that begin with R.</summary>
    Tail,
}

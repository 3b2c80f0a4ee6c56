using System.Diagnostics.CodeAnalysis;

namespace KvEmbedded.Engine;

/// <summary>Says which invariant of a structure is broken; for CheckInvariants methods alone.</summary>
internal static class Invariant
{
    public static void Holds([DoesNotReturnIf(false)] bool condition, string statement)
    {
        if (!condition) throw new InvalidOperationException("Broken invariant: " + statement + ".");
    }
}

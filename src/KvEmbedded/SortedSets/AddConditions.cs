using System.Runtime.CompilerServices;

namespace KvEmbedded.SortedSets;

/// <summary>What an <see cref="AddWhen"/> lets through.</summary>
internal static class AddConditions
{
    /// <exception cref="ArgumentOutOfRangeException">There is no such condition.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequireNamed(AddWhen when)
    {
        if ((uint)when > (uint)AddWhen.PresentAndLess) Require.Named(when);
    }

    /// <summary>True if a member that is missing may be added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllowsMissing(this AddWhen when) => when is not (AddWhen.Present or AddWhen.PresentAndGreater or AddWhen.PresentAndLess);

    /// <summary>True if a member that is present may get another score.</summary>
    public static bool AllowsPresent(this AddWhen when) => when != AddWhen.Missing;

    /// <summary>True if a member that is present, and may get another score, may get this one.</summary>
    public static bool AllowsScore(this AddWhen when, double old, double score) => when switch
    {
        AddWhen.Greater or AddWhen.PresentAndGreater => score > old,
        AddWhen.Less or AddWhen.PresentAndLess => score < old,
        _ => true,
    };
}

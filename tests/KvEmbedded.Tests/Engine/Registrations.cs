using System.Reflection;

namespace KvEmbedded.Tests.Engine;

/// <summary>Whether anybody still listens to a token: there is no public way to ask.</summary>
internal static class Registrations
{
    private static readonly FieldInfo Field =
        typeof(CancellationTokenSource).GetField("_registrations", BindingFlags.NonPublic | BindingFlags.Instance)!;

    public static int CountOf(CancellationTokenSource source)
    {
        if (Field.GetValue(source) is not { } registrations) return 0;
        var first = registrations.GetType().GetField("Callbacks")!;
        var count = 0;
        for (var node = first.GetValue(registrations); node is not null; node = node.GetType().GetField("Next")!.GetValue(node))
            count++;
        return count;
    }
}

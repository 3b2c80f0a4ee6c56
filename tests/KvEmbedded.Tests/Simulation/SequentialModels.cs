namespace KvEmbedded.Tests.Simulation;

/// <summary>A call on one key and its answer, for all models: what is asked, with which number, and what came back.</summary>
internal readonly record struct KeyOp(KeyOpKind Kind, int Value, string? Answer, int Expected = 0);

internal enum KeyOpKind
{
    Read,
    Write,
    CompareAndSet,
    Add,
    Push,
    Pop,
    AddMember,
    PopLowest,
    Members,
}

/// <summary>What each data type does when nobody else is there: the state after a call, or null if its answer is wrong.</summary>
internal static class SequentialModels
{
    public const string Nothing = "";

    /// <summary>A string: its text; a missing key reads as none.</summary>
    public static string? Register(string state, KeyOp op) => op.Kind switch
    {
        KeyOpKind.Read => (op.Answer ?? Nothing) == state ? state : null,
        KeyOpKind.Write => $"{op.Value}",
        KeyOpKind.CompareAndSet => op.Answer == $"{state == $"{op.Expected}"}" ? state == $"{op.Expected}" ? $"{op.Value}" : state : null,
        KeyOpKind.Add when $"{Number(state) + op.Value}" is var sum => op.Answer == sum ? sum : null,
        _ => null,
    };

    /// <summary>Items in a row, one character each.</summary>
    public static string? Basket(string state, KeyOp op) => op.Kind switch
    {
        KeyOpKind.Push => op.Answer == $"{state.Length + 1}" ? state + (char)op.Value : null,
        KeyOpKind.Pop => (op.Answer ?? Nothing) == (state.Length > 0 ? state[..1] : Nothing) ? state.Length > 0 ? state[1..] : state : null,
        KeyOpKind.Read => (op.Answer ?? Nothing) == state ? state : null,
        _ => null,
    };

    /// <summary>Members in order, one character each: each is its own score.</summary>
    public static string? SortedSet(string state, KeyOp op) => op.Kind switch
    {
        KeyOpKind.AddMember => op.Answer == $"{!state.Contains((char)op.Value)}"
            ? string.Concat(state.Append((char)op.Value).Distinct().Order())
            : null,
        KeyOpKind.PopLowest => (op.Answer ?? Nothing) == (state.Length > 0 ? state[..1] : Nothing) ? state.Length > 0 ? state[1..] : state : null,
        KeyOpKind.Members => op.Answer == state ? state : null,
        _ => null,
    };

    private static int Number(string state) => state.Length == 0 ? 0 : int.Parse(state, System.Globalization.CultureInfo.InvariantCulture);
}

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
    RemoveMember,
    PopAny,
    SetField,
    AddToField,
    ReadField,
    RemoveField,
    Fields,
    AddEntry,
    ReadNew,
    Acknowledge,
    Claim,
    Pending,
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

    /// <summary>Members, one character each, here in order; which one is popped is for the set to say.</summary>
    public static string? Set(string state, KeyOp op) => op.Kind switch
    {
        KeyOpKind.RemoveMember => op.Answer == $"{state.Contains((char)op.Value)}" ? state.Replace($"{(char)op.Value}", Nothing) : null,
        KeyOpKind.PopAny when op.Answer is null => state == Nothing ? state : null,
        KeyOpKind.PopAny => op.Answer.Length == 1 && state.Contains(op.Answer) ? state.Replace(op.Answer, Nothing) : null,
        KeyOpKind.AddMember or KeyOpKind.Members => SortedSet(state, op),
        _ => null,
    };

    /// <summary>Fields of one character, each with a number, in order: <c>a=1 b=2</c>. The number that is written is the one expected.</summary>
    public static string? Hash(string state, KeyOp op)
    {
        var fields = new SortedDictionary<char, string>(
            state.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(static field => field[0], static field => field[2..]));
        var (name, old) = ((char)op.Value, fields.GetValueOrDefault((char)op.Value));
        var sum = $"{Number(old ?? Nothing) + op.Expected}";
        var answer = op.Kind switch
        {
            KeyOpKind.SetField => $"{old is null}",
            KeyOpKind.AddToField => sum,
            KeyOpKind.RemoveField => $"{old is not null}",
            KeyOpKind.ReadField => old,
            _ => state,
        };
        if (op.Answer != answer) return null;
        if (op.Kind == KeyOpKind.SetField) fields[name] = $"{op.Expected}";
        else if (op.Kind == KeyOpKind.AddToField) fields[name] = sum;
        else if (op.Kind == KeyOpKind.RemoveField) fields.Remove(name);
        return string.Join(' ', fields.Select(static field => $"{field.Key}={field.Value}"));
    }

    /// <summary>
    /// A stream whose entries are A, B, C and so on, and one group of it: those added, those read, and those pending, each with the
    /// number of its consumer: <c>ABC AB B2</c>. A count, or the consumer who claims, is what is expected.
    /// </summary>
    public static string? StreamGroup(string state, KeyOp op)
    {
        var parts = state == Nothing ? [Nothing, Nothing, Nothing] : state.Split(' ');
        var (added, read, pending) = (parts[0], parts[1], parts[2]);
        var (entry, at) = ((char)op.Value, pending.IndexOf((char)op.Value));
        switch (op.Kind)
        {
            case KeyOpKind.AddEntry:
                entry = (char)('A' + added.Length);
                return op.Answer == $"{entry}" ? $"{added}{entry} {read} {pending}" : null;
            case KeyOpKind.ReadNew:
                var news = added[read.Length..Math.Min(added.Length, read.Length + op.Expected)];
                return op.Answer == news ? $"{added} {read}{news} {pending}{string.Concat(news.Select(one => $"{one}{op.Value}"))}" : null;
            case KeyOpKind.Acknowledge:
                return op.Answer != $"{at >= 0}" ? null : at < 0 ? state : $"{added} {read} {pending.Remove(at, 2)}";
            case KeyOpKind.Claim:
                return op.Answer != $"{at >= 0}" ? null : at < 0 ? state : $"{added} {read} {pending[..at]}{entry}{op.Expected}{pending[(at + 2)..]}";
            default:
                return op.Answer == pending ? state : null;
        }
    }

    private static int Number(string state) => state.Length == 0 ? 0 : int.Parse(state, System.Globalization.CultureInfo.InvariantCulture);
}

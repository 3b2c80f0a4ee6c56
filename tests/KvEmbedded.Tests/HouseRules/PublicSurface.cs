using System.Reflection;
using System.Text.RegularExpressions;

namespace KvEmbedded.Tests.HouseRules;

/// <summary>The rules of the public face, each a function from a type to its faults.</summary>
internal static partial class PublicSurface
{
    private const int MembersMax = 30;

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>What a method may begin with. A new verb is a new word here.</summary>
    private static readonly HashSet<string> Verbs =
    [
        "Acknowledge", "Add", "Append", "Claim", "Combine", "Compare", "Contains", "Copy", "Count", "Create", "Decrement", "Delete",
        "Destroy", "Exists", "Expire", "Find", "Flush", "Follow", "Get", "Increment", "Insert", "Merge", "Move", "Persist", "Pop", "Publish",
        "Push", "Read", "Release", "Remove", "Rename", "Reserve", "Reset", "Run", "Scan", "Search", "Set", "Store", "Subscribe", "Touch",
        "Transact", "Trim", "Try", "Unlink", "Wait", "Write",
    ];

    /// <summary>Names that .NET has given, and everybody knows; claiming that finds its entries by itself is named as Redis has it.</summary>
    private static readonly HashSet<string> KnownNames = ["AutoClaim", "AutoClaimIds", "IndexOf", "IndexesOf", "WithPrefix"];

    /// <summary>Interfaces that fit into a head.</summary>
    public static IEnumerable<string> FewMembers(Type type)
    {
        var count = Methods(type).Count() + type.GetProperties(Declared).Length + type.GetEvents(Declared).Length;
        return type.IsInterface && count > MembersMax ? [$"{type.Name} has {count} members; {MembersMax} are allowed."] : [];
    }

    /// <summary>What is awaited can be cancelled, says so last, and need not be told how.</summary>
    public static IEnumerable<string> CancellationComesLast(Type type) =>
        from method in Methods(type)
        where IsAwaited(method.ReturnType) && method.Name != nameof(IAsyncDisposable.DisposeAsync)
        where method.GetParameters() is not [.., { ParameterType: var last, HasDefaultValue: true }] || last != typeof(CancellationToken)
        select $"{type.Name}.{method.Name} does not end with a CancellationToken that has a default.";

    /// <summary>What is awaited is called so, and nothing else is.</summary>
    public static IEnumerable<string> AsyncIsInTheName(Type type) =>
        from method in Methods(type)
        where method.Name != nameof(IAsyncEnumerable<int>.GetAsyncEnumerator)
        where IsAwaited(method.ReturnType) != method.Name.EndsWith("Async", StringComparison.Ordinal)
        select $"{type.Name}.{method.Name} is awaited or called Async, and not both.";

    /// <summary>Methods of interfaces do something; only those that give a handle are called by the name of its type.</summary>
    public static IEnumerable<string> VerbsComeFirst(Type type) =>
        from method in Methods(type)
        where type.IsInterface && !IsOfHandle(method)
        let name = method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name[..^"Async".Length] : method.Name
        where !KnownNames.Contains(name) && !Verbs.Contains(FirstWord().Match(name).Value)
        select $"{type.Name}.{method.Name} does not begin with a verb that is known.";

    private static IEnumerable<MethodInfo> Methods(Type type) => type.GetMethods(Declared).Where(static method => !method.IsSpecialName);

    private static bool IsAwaited(Type type) =>
        typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ValueTask<>)
            || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>) || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerator<>)));

    /// <summary>True for <c>SortedSet(key)</c>, which gives an <c>ISortedSet</c>, and <c>String(key)</c>, which gives an <c>IKvString</c>.</summary>
    private static bool IsOfHandle(MethodInfo method) =>
        method.ReturnType is { IsInterface: true, Name: var handle } && handle.EndsWith(method.Name, StringComparison.Ordinal);

    [GeneratedRegex("^[A-Z][a-z]*")]
    private static partial Regex FirstWord();
}

using System.Globalization;
using KvEmbedded.HyperLogLogs;

namespace KvEmbedded.Tests.HyperLogLogs;

/// <summary>A command in a small world: three keys, a few elements or very many of them.</summary>
public sealed record HyperLogLogStep(byte Verb, byte Key, byte Other, ushort Element)
{
    private static readonly string[] Names = ["a", "b", "c"];

    private string Name => Names[Key % 3];

    private string[] Others => [.. Enumerable.Range(0, 1 + (Other % 3)).Select(i => Names[(Other + i) % 3])];

    private KvValue[] Elements => [.. Enumerable.Range(Element, Other % 16 == 0 ? 3_000 : Other % 8).Select(Word)];

    public async Task<string> RunAsync(IKeyspace keyspace)
    {
        switch (Verb % 8)
        {
            case 0 or 1:
                return $"{await keyspace.HyperLogLog(Name).AddAsync(Word(Element))}";
            case 2 or 3:
                return $"{await keyspace.HyperLogLog(Name).AddAsync(Elements)}";
            case 4:
                return $"{await keyspace.HyperLogLog(Name).CountAsync()}";
            case 5:
                return $"{await keyspace.HyperLogLogs.CountUnionAsync([.. Others.Select(name => (KvKey)name)])}";
            case 6:
                await keyspace.HyperLogLogs.MergeAsync(Name, [.. Others.Select(name => (KvKey)name)]);
                return "merged";
            default:
                return $"{(Other % 4 == 0 ? await keyspace.Keys.DeleteAsync(Name) : Others[0] != Name && await keyspace.Keys.CopyAsync(Name, Others[0], ExistingDestination.Overwrite))}";
        }
    }

    internal string Run(Dictionary<string, byte[]> model)
    {
        switch (Verb % 8)
        {
            case 0 or 1:
                return $"{Add(model, [Word(Element)])}";
            case 2 or 3:
                return $"{Add(model, Elements)}";
            case 4:
                return $"{HyperLogLogValue.CountOf(Union(model, [Name]))}";
            case 5:
                return $"{HyperLogLogValue.CountOf(Union(model, Others))}";
            case 6:
                model[Name] = Union(model, [Name, .. Others]);
                return "merged";
            default:
                if (Other % 4 == 0) return $"{model.Remove(Name)}";
                if (!model.TryGetValue(Name, out var ranks) || Others[0] == Name) return "False";
                model[Others[0]] = (byte[])ranks.Clone();
                return "True";
        }
    }

    private bool Add(Dictionary<string, byte[]> model, KvValue[] elements)
    {
        var changed = model.TryAdd(Name, new byte[RegisterValue.Registers]);
        foreach (var element in elements)
        {
            var (index, rank) = RegisterValue.Of(element.ToArray());
            if (model[Name][index] >= rank) continue;
            model[Name][index] = rank;
            changed = true;
        }

        return changed;
    }

    private static byte[] Union(Dictionary<string, byte[]> model, string[] names)
    {
        var union = new byte[RegisterValue.Registers];
        foreach (var name in names)
        {
            for (var i = 0; i < union.Length && model.ContainsKey(name); i++) union[i] = Math.Max(union[i], model[name][i]);
        }

        return union;
    }

    private static KvValue Word(int number) => number.ToString("'element:'0", CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace KvEmbedded.Tests.Hashes;

/// <summary>
/// One command on hashes, of a small world: two keys, a dozen fields, times of some milliseconds. It runs on a keyspace and on
/// the plain model, and both say what came of it.
/// </summary>
/// <param name="Kind">Which command.</param>
/// <param name="Key">Which key.</param>
/// <param name="Field">Which field.</param>
/// <param name="Other">Which other field, and which condition.</param>
/// <param name="Value">Which value, or how much.</param>
/// <param name="Time">How long.</param>
public readonly record struct HashStep(byte Kind, byte Key, byte Field, byte Other, sbyte Value, byte Time)
{
    private const int Kinds = 24;

    private string KeyName => Key % 3 == 0 ? "y" : "x";

    private string OtherKey => Time % 3 == 0 ? "y" : "x";

    private string Name => HashShapes.FieldOf((byte)(Field % 24));

    private string OtherName => HashShapes.FieldOf((byte)(Other % 24));

    private string Text => Value < 100 ? Value.ToString(CultureInfo.InvariantCulture) : HashShapes.ValueOf((byte)Value);

    private SetWhen When => (SetWhen)(Other % 3);

    private ExpireWhen Condition => (ExpireWhen)(Other % 5);

    private int Milliseconds => (Time % 40) - 3;

    private string[] Names => [Name, OtherName, Name];

    private Expiration Expiration => (Time % 8) switch
    {
        0 => Expiration.Never,
        1 => Expiration.Keep,
        _ => TimeSpan.FromMilliseconds(1 + Time % 40),
    };

    private HashEntry[] Entries => [new(Name, Text), new(OtherName, Value), new(Name, Other)];

    internal async Task<string> RunAsync(IKeyspace keyspace)
    {
        var hash = keyspace.Hash(KeyName);
        KvValue[] names = [.. Names.Select(static name => (KvValue)name)];
        var time = TimeSpan.FromMilliseconds(Milliseconds);
        try
        {
            return (Kind % Kinds) switch
            {
                0 or 1 => Of(await hash.SetAsync(Name, Text, When)),
                2 => Of(await hash.SetAsync(Entries)),
                3 or 4 => Of(await hash.SetAsync(Entries, Expiration, When)),
                5 => Of(await hash.IncrementAsync(Name, Value)),
                6 => Of(await hash.IncrementFloatAsync(Name, Value)),
                7 => Of(await hash.RemoveAsync(Name)),
                8 => Of(await hash.RemoveAsync(names)),
                9 => HashWorld.Text(await hash.GetAndRemoveAsync(names)),
                10 => HashWorld.Text(await hash.GetAndExpireAsync(names, Expiration)),
                11 or 12 => Of(await hash.ExpireFieldAsync(Name, time, Condition)),
                13 => string.Join(' ', await hash.ExpireFieldsAsync(names, time, Condition)),
                14 => Of(await hash.PersistFieldAsync(Name)),
                15 => string.Join(' ', (await hash.PersistFieldsAsync(names)).Select(static result => $"{result?.ToString() ?? "none"}")),
                16 => string.Join(' ', (await hash.GetFieldLifetimesAsync(names)).Select(static lifetime =>
                    lifetime.Exists ? $"{lifetime.TimeToLive?.TotalMilliseconds ?? -1}" : "none")),
                17 => Of(await hash.CountAsync()),
                18 => HashWorld.Text(await hash.GetAllAsync()),
                19 => HashWorld.Text(await hash.GetAsync(names)) + Of(await hash.ContainsAsync(Name)) + Of(await hash.GetLengthAsync(Name)),
                20 => Of(KeyName != OtherKey && await keyspace.Keys.RenameAsync(KeyName, OtherKey)),
                21 => Of(KeyName != OtherKey && await keyspace.Keys.CopyAsync(KeyName, OtherKey, ExistingDestination.Overwrite)),
                22 => Of((await hash.GetRandomAsync(3)).Select(static entry => entry.Field).Distinct().Count()),
                _ => Of(Time == 0 && await keyspace.Keys.DeleteAsync(KeyName)),
            };
        }
        catch (NotANumberException error)
        {
            return $"not a number: {error.Field}";
        }
    }

    internal string Run(HashModel model)
    {
        var fields = model.At(KeyName);
        var result = Run(model, fields);
        if (Kind % Kinds is not (20 or 21 or 23)) model.Keep(KeyName, fields);
        return result;
    }

    private string Run(HashModel model, SortedDictionary<string, HashModel.Entry> fields)
    {
        switch (Kind % Kinds)
        {
            case 0 or 1:
                if (!Allows(fields, Name)) return Of(false);
                fields[Name] = new HashModel.Entry(Text);
                return Of(true);
            case 2:
                var added = Names.Distinct().Count(name => !fields.ContainsKey(name));
                foreach (var (field, value) in Entries) fields[field.ToString()] = new HashModel.Entry(value.ToString());
                return Of(added);
            case 3 or 4:
                foreach (var name in Names)
                {
                    if (!Allows(fields, name)) return Of(false);
                }

                foreach (var (field, value) in Entries) fields[field.ToString()] = new HashModel.Entry(value.ToString(), DeadlineFor(model, fields, field.ToString()));
                return Of(true);
            case 5 or 6:
                var old = fields.TryGetValue(Name, out var present) ? present.Value : "0";
                if (!long.TryParse(old, CultureInfo.InvariantCulture, out var number)) return $"not a number: {Name}";
                fields[Name] = new HashModel.Entry($"{number + Value}", fields.ContainsKey(Name) ? present.Deadline : long.MaxValue);
                return Of(number + Value);
            case 7:
                return Of(fields.Remove(Name));
            case 8:
                return Of(Names.Count(fields.Remove));
            case 9:
                return string.Join(' ', Names.Select(name => fields.Remove(name, out var entry) ? entry.Value : "none"));
            case 10:
                var values = string.Join(' ', Names.Select(name => fields.TryGetValue(name, out var entry) ? entry.Value : "none"));
                foreach (var name in Names.Where(fields.ContainsKey)) fields[name] = fields[name] with { Deadline = DeadlineFor(model, fields, name) };
                return values;
            case 11 or 12:
                return Of(Expire(model, fields, Name) is FieldExpireResult.Set or FieldExpireResult.Removed);
            case 13:
                var step = this;
                return string.Join(' ', Names.Select(name => step.Expire(model, fields, name)));
            case 14:
                return Of(Persist(fields, Name) is true);
            case 15:
                return string.Join(' ', Names.Select(name => Persist(fields, name)?.ToString() ?? "none"));
            case 16:
                return string.Join(' ', Names.Select(name => fields.TryGetValue(name, out var entry)
                    ? $"{(entry.Deadline == long.MaxValue ? -1 : entry.Deadline - model.Now)}"
                    : "none"));
            case 17:
                return Of(fields.Count);
            case 18:
                return string.Join(' ', fields.Select(static pair => $"{pair.Key}={pair.Value.Value}").Order(StringComparer.Ordinal));
            case 19:
                return string.Join(' ', Names.Select(name => fields.TryGetValue(name, out var entry) ? entry.Value : "none"))
                    + Of(fields.ContainsKey(Name)) + Of(fields.GetValueOrDefault(Name).Value?.Length ?? 0);
            case 20 or 21:
                if (KeyName == OtherKey || fields.Count == 0) return Of(false);
                model.Keep(OtherKey, new SortedDictionary<string, HashModel.Entry>(fields, StringComparer.Ordinal));
                if (Kind % Kinds == 20) model.Keep(KeyName, new SortedDictionary<string, HashModel.Entry>());
                return Of(true);
            case 22:
                return Of(Math.Min(3, fields.Count));
            default:
                if (Time != 0) return Of(false);
                model.Keep(KeyName, new SortedDictionary<string, HashModel.Entry>());
                return Of(fields.Count > 0);
        }
    }

    private bool Allows(SortedDictionary<string, HashModel.Entry> fields, string name) =>
        When == SetWhen.Always || fields.ContainsKey(name) == (When == SetWhen.Present);

    private long DeadlineFor(HashModel model, SortedDictionary<string, HashModel.Entry> fields, string name) => (Time % 8) switch
    {
        0 => long.MaxValue,
        1 => fields.TryGetValue(name, out var entry) ? entry.Deadline : long.MaxValue,
        _ => model.Now + 1 + (Time % 40),
    };

    private FieldExpireResult Expire(HashModel model, SortedDictionary<string, HashModel.Entry> fields, string name)
    {
        if (!fields.TryGetValue(name, out var entry)) return FieldExpireResult.Missing;
        var wanted = model.Now + Milliseconds;
        var isAllowed = Condition switch
        {
            ExpireWhen.WithoutExpiration => entry.Deadline == long.MaxValue,
            ExpireWhen.WithExpiration => entry.Deadline != long.MaxValue,
            ExpireWhen.Later => wanted > entry.Deadline,
            ExpireWhen.Sooner => wanted < entry.Deadline,
            _ => true,
        };
        if (!isAllowed) return FieldExpireResult.Refused;
        if (wanted > model.Now) fields[name] = entry with { Deadline = wanted };
        else fields.Remove(name);
        return wanted > model.Now ? FieldExpireResult.Set : FieldExpireResult.Removed;
    }

    private static bool? Persist(SortedDictionary<string, HashModel.Entry> fields, string name)
    {
        if (!fields.TryGetValue(name, out var entry)) return null;
        fields[name] = entry with { Deadline = long.MaxValue };
        return entry.Deadline != long.MaxValue;
    }

    private static string Of<T>(T result) => string.Create(CultureInfo.InvariantCulture, $"{result}");
}

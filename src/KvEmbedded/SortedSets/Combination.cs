namespace KvEmbedded.SortedSets;

/// <summary>Which members of several sets the result has.</summary>
internal enum SetOperation
{
    /// <summary>Those of any.</summary>
    Union,

    /// <summary>Those that all have.</summary>
    Intersection,

    /// <summary>Those of the first that no other has.</summary>
    Difference,
}

/// <summary>An operation on several sorted sets, with its weights and what it makes of several scores.</summary>
internal sealed class Combination
{
    private readonly SetOperation operation;
    private readonly double[]? weights;
    private readonly Aggregate aggregate;

    private Combination(SetOperation operation, double[]? weights, Aggregate aggregate)
    {
        this.operation = operation;
        this.weights = weights;
        this.aggregate = aggregate;
    }

    /// <exception cref="ArgumentException">There is not one weight for each key, or a weight is NaN.</exception>
    public static Combination Of(SetOperation operation, IReadOnlyCollection<KvKey> keys, CombineOptions? options)
    {
        ArgumentNullException.ThrowIfNull(keys);
        options ??= CombineOptions.Default;
        if (options.Weights is not { } given) return new Combination(operation, null, options.Aggregate);

        if (given.Count != keys.Count)
            throw new ArgumentException($"There are {keys.Count} keys and {given.Count} weights. Give one weight for each key.", nameof(options));
        foreach (var weight in given)
        {
            if (double.IsNaN(weight)) throw new ArgumentException("A weight is NaN. Give numbers; infinities are allowed.", nameof(options));
        }

        return new Combination(operation, [.. given], options.Aggregate);
    }

    /// <summary>True if every set has the member.</summary>
    public static bool AreAllIn(ReadOnlySpan<SortedSetTree> sets, ReadOnlySpan<byte> member)
    {
        foreach (var set in sets)
        {
            if (!set.Contains(member)) return false;
        }

        return true;
    }

    /// <summary>The result as a set of its own; the sources stay as they are.</summary>
    public SortedSetTree Compute(SortedSetTree[] sets)
    {
        // As Redis does: smallest set first. Sums of floating-point numbers depend on their order.
        var order = Enumerable.Range(0, sets.Length);
        if (operation != SetOperation.Difference) order = order.OrderBy(i => sets[i].Count);
        var sources = order.Select(i => (Set: sets[i], Weight: weights is null ? 1 : weights[i])).ToArray();
        return operation switch
        {
            SetOperation.Union => Union(sources),
            SetOperation.Intersection => Intersection(sources),
            _ => Difference(sources),
        };
    }

    private SortedSetTree Union((SortedSetTree Set, double Weight)[] sources)
    {
        var result = new SortedSetTree();
        foreach (var (set, weight) in sources)
        {
            for (var cursor = set.From(0, Order.Ascending); cursor.MoveNext();)
            {
                var score = Weighted(cursor.Score, weight);
                result.Put(cursor.Member, result.TryGetScore(cursor.Member, out var old) ? Aggregated(old, score) : score);
            }
        }

        return result;
    }

    private SortedSetTree Intersection((SortedSetTree Set, double Weight)[] sources)
    {
        var result = new SortedSetTree();
        var first = sources[0];
        for (var cursor = first.Set.From(0, Order.Ascending); cursor.MoveNext();)
        {
            var score = Weighted(cursor.Score, first.Weight);
            var isInAll = true;
            foreach (var (set, weight) in sources.AsSpan(1))
            {
                isInAll = set.TryGetScore(cursor.Member, out var other);
                if (!isInAll) break;
                score = Aggregated(score, Weighted(other, weight));
            }

            if (isInAll) result.Put(cursor.Member, score);
        }

        return result;
    }

    private static SortedSetTree Difference((SortedSetTree Set, double Weight)[] sources)
    {
        var result = new SortedSetTree();
        for (var cursor = sources[0].Set.From(0, Order.Ascending); cursor.MoveNext();)
        {
            var isElsewhere = false;
            foreach (var (set, _) in sources.AsSpan(1))
            {
                isElsewhere = set.Contains(cursor.Member);
                if (isElsewhere) break;
            }

            if (!isElsewhere) result.Put(cursor.Member, cursor.Score);
        }

        return result;
    }

    private double Aggregated(double left, double right) => aggregate switch
    {
        Aggregate.Sum => NumberOrZero(left + right),
        Aggregate.Min => Math.Min(left, right),
        _ => Math.Max(left, right),
    };

    private static double Weighted(double score, double weight) => NumberOrZero(score * weight);

    /// <summary>As in Redis: infinity times 0, and the sum of both infinities, are 0.</summary>
    private static double NumberOrZero(double number) => double.IsNaN(number) ? 0 : number;
}

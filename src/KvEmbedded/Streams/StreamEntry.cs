using System.Globalization;

namespace KvEmbedded;

/// <summary>One field of an entry. A name may occur more than once in an entry, and the order is kept.</summary>
/// <param name="Name">Any byte string.</param>
/// <param name="Value">Any byte string.</param>
public readonly record struct StreamField(KvValue Name, KvValue Value)
{
    /// <summary>As <c>name=value</c>.</summary>
    public override string ToString() => $"{Name}={Value}";
}

/// <summary>An entry of a stream: its id and its fields, in the order in which they were given.</summary>
/// <remarks>A copy: whoever has it may change the array of fields without changing what is stored.</remarks>
/// <param name="Id">The entry's id.</param>
/// <param name="Fields">
/// At least one; none if the entry is pending in a consumer group but has been removed from the stream meanwhile.
/// </param>
public readonly record struct StreamEntry(StreamId Id, StreamField[] Fields)
{
    /// <summary>True if the entry is still pending but not in the stream any more.</summary>
    public bool IsRemoved => Fields.Length == 0;

    /// <summary>The value of the first field of a name; null if there is none.</summary>
    public KvValue? this[KvValue name]
    {
        get
        {
            foreach (var field in Fields)
            {
                if (field.Name == name) return field.Value;
            }

            return null;
        }
    }

    /// <summary>As <c>1-0 name=value name=value</c>.</summary>
    public override string ToString() =>
        IsRemoved ? $"{Id} removed" : string.Create(CultureInfo.InvariantCulture, $"{Id} {string.Join(' ', Fields)}");
}

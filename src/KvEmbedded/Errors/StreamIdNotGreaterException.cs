namespace KvEmbedded;

/// <summary>The id given to a stream is not greater than those it has had. Nothing was changed.</summary>
public sealed class StreamIdNotGreaterException : KeyspaceException
{
    internal StreamIdNotGreaterException(KvKey key, StreamId id, StreamId lastId)
        : base($"Key '{KeyText.Of(key)}' has had the stream id {lastId}, so {id} cannot follow. " +
               "Let the id be made automatically, or give a greater one.")
    {
        Key = key;
        Id = id;
        LastId = lastId;
    }

    /// <summary>The id that was given.</summary>
    public StreamId Id { get; }

    /// <summary>The id that it must be greater than, or at least equal to where a stream's last id is set.</summary>
    public StreamId LastId { get; }
}

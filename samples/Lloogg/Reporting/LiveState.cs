using System.Text.Json;
using System.Text.Json.Serialization;
using KvEmbedded;

namespace Lloogg;

/// <summary>How things stand at one moment, as it is published while the logs are read.</summary>
internal sealed record LiveState(Progress Progress, Totals Totals)
{
    /// <summary>The channel on which it is published.</summary>
    public const string Channel = "totals";

    public KvValue Write() => JsonSerializer.SerializeToUtf8Bytes(this, LiveJson.Default.LiveState);

    public static LiveState Read(KvValue message) => JsonSerializer.Deserialize(message.ToMemory().Span, LiveJson.Default.LiveState)!;

    public static KvValue Write(UnreadableLine line) => JsonSerializer.SerializeToUtf8Bytes(line, LiveJson.Default.UnreadableLine);

    public static UnreadableLine ReadUnreadable(KvValue line) =>
        JsonSerializer.Deserialize(line.ToMemory().Span, LiveJson.Default.UnreadableLine)!;
}

/// <summary>The form in which states are published and lines are kept.</summary>
[JsonSerializable(typeof(LiveState))]
[JsonSerializable(typeof(UnreadableLine))]
internal sealed partial class LiveJson : JsonSerializerContext;

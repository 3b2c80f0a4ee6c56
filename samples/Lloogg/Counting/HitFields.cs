using KvEmbedded;

namespace Lloogg;

/// <summary>A hit as an entry of the stream, and back: what is counted of it, a field each.</summary>
internal static class HitFields
{
    /// <summary>The fields, in this order.</summary>
    private static readonly KvValue[] Names = ["client", "time", "zone", "method", "target", "status", "bytes", "referrer", "agent"];

    public static StreamField[] Of(in AccessLogLine line)
    {
        KvValue[] values =
        [
            line.Client, line.Time.ToUnixTimeSeconds(), (long)line.Time.Offset.TotalMinutes, line.Method, line.Target, line.Status,
            line.Bytes, line.Referrer, line.Agent,
        ];
        var fields = new StreamField[Names.Length];
        for (var at = 0; at < fields.Length; at++) fields[at] = new StreamField(Names[at], values[at]);
        return fields;
    }

    public static AccessLogLine Read(StreamEntry entry)
    {
        var fields = entry.Fields;
        return new AccessLogLine
        {
            Client = fields[0].Value.ToMemory(),
            Time = DateTimeOffset.FromUnixTimeSeconds((long)fields[1].Value).ToOffset(TimeSpan.FromMinutes((long)fields[2].Value)),
            Method = fields[3].Value.ToMemory(),
            Target = fields[4].Value.ToMemory(),
            Status = (int)(long)fields[5].Value,
            Bytes = (long)fields[6].Value,
            Referrer = fields[7].Value.ToMemory(),
            Agent = fields[8].Value.ToMemory(),
        };
    }
}

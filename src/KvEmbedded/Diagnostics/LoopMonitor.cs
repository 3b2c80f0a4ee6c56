using KvEmbedded.Engine;

namespace KvEmbedded.Diagnostics;

/// <summary>Times the commands that may run long.</summary>
internal sealed class LoopMonitor(KeyspaceOptions options)
{
    private readonly TimeProvider timeProvider = options.TimeProvider;
    private long begun;

    public void Begin(string command, EncodedKey key) => begun = timeProvider.GetTimestamp();

    public void End() => _ = timeProvider.GetElapsedTime(begun);
}

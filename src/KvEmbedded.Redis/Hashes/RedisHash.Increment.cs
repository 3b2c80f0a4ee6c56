using KvEmbedded.Redis.Connection;

namespace KvEmbedded.Redis.Hashes;

internal sealed partial class RedisHash
{
    public ValueTask<long> IncrementAsync(KvValue field, long by, CancellationToken cancellationToken) =>
        door.RunAsync(
            Naming(field, "a 64-bit integer", new Command("HINCRBY", KeyType.Hash) { key, field, by }), Reply.Integer, cancellationToken);

    public ValueTask<double> IncrementFloatAsync(KvValue field, double by, CancellationToken cancellationToken) =>
        door.RunAsync(
            Naming(field, "a number", new Command("HINCRBYFLOAT", KeyType.Hash) { key, field, Require.Finite(by) }), Reply.Number,
            cancellationToken);

    /// <summary>Errors about a number tell of the field.</summary>
    private Command Naming(KvValue field, string expected, Command command) =>
        command
            .FailsIf("is not an integer", () => new NotANumberException(Key, field, expected))
            .FailsIf("is not a float", () => new NotANumberException(Key, field, expected))
            .FailsIf("is not a valid float", () => new NotANumberException(Key, field, expected))
            .FailsIf("would overflow", () => new NumberOverflowException(Key, field, "too large or too small a number", "the 64-bit integers"))
            .FailsIf("NaN or Infinity", () => new NumberOverflowException(Key, field, "infinity or no number", "the finite numbers"));
}

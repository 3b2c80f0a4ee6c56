using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Engine;

/// <summary>One command of a small world, drawn by FsCheck: few keys, few values, short and long times to live.</summary>
public readonly record struct StoreStep(byte Kind, byte Key, byte Value)
{
    private const int Kinds = 13;

    private KvKey At => $"key {Key % 6}";

    private KvKey Other => $"key {Value % 6}";

    private TimeSpan Time => TimeSpan.FromSeconds(1 + (Value % 4));

    /// <summary>Runs the command; errors of wrong types belong to the world.</summary>
    internal async Task RunAsync(IKeyspace keyspace, Door door)
    {
        try
        {
            await DoAsync(keyspace, door);
        }
        catch (WrongTypeException)
        {
        }
    }

    private async ValueTask DoAsync(IKeyspace keyspace, Door door)
    {
        switch (Kind % Kinds)
        {
            case 0:
                await keyspace.Strings.SetAsync(At, Value);
                break;
            case 1:
                await keyspace.Strings.SetAsync(At, $"text {Value}", Time);
                break;
            case 2:
                await keyspace.Strings.SetAsync(At, $"kept {Value}", Expiration.Keep);
                break;
            case 3:
                await keyspace.Strings.SetAsync(At, new string((char)('a' + (Value % 26)), 17_000 + Value), Time);
                break;
            case 4:
                await keyspace.String(At).GetAndSetAsync(Value, when: SetWhen.Present);
                break;
            case 5:
                await door.PushAsync(At, Value, 1, 2);
                break;
            case 6:
                await door.PushAsync(At, Value);
                break;
            case 7:
                await door.PopAsync(At);
                break;
            case 8:
                await door.MoveAsync(At, Other, TimeSpan.Zero);
                break;
            case 9:
                await door.RemoveAsync(At);
                break;
            case 10:
                await door.ExpireAsync(At, Time);
                break;
            case 11:
                await door.ExpireAsync(At, null);
                break;
            default:
                // Rare, so that worlds have content.
                if (Value % 4 == 0) await door.FlushAsync();
                break;
        }
    }
}

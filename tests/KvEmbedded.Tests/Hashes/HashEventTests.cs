using static KvEmbedded.Tests.Hashes.HashWorld;

namespace KvEmbedded.Tests.Hashes;

/// <summary>Each command reports what it did, and one that did nothing is silent.</summary>
public sealed class HashEventTests
{
    [Fact]
    public async Task Every_command_reports_what_it_did()
    {
        await using var world = new HashWorld();
        await using var events = world.Note();
        var h = world["h"];

        await SaysAsync("HashFieldSet h", h.SetAsync("a", 1));
        await SaysAsync("HashFieldSet h", h.SetAsync("a", 1));
        await SaysAsync("", h.SetAsync("a", 2, SetWhen.Missing));
        await SaysAsync("", world["y"].SetAsync("a", 2, SetWhen.Present));
        await SaysAsync("HashFieldSet h", h.SetAsync([new("b", 1), new("c", 1)]));
        await SaysAsync("HashFieldIncremented h", h.IncrementAsync("a"));
        await SaysAsync("HashFieldFloatIncremented h", h.IncrementFloatAsync("a", 0.5));
        await SaysAsync("HashFieldRemoved h", h.RemoveAsync("a"));
        await SaysAsync("", h.RemoveAsync("a"));
        await SaysAsync("", h.RemoveAsync(["a", "d"]));
        await SaysAsync("", h.GetAllAsync());
        await SaysAsync("", h.GetAndExpireAsync(["b"], Expiration.Keep));
        await SaysAsync("", h.GetAndExpireAsync(["b"], Expiration.Never));
        await SaysAsync("HashFieldExpirationSet h", h.GetAndExpireAsync(["b"], Second));
        await SaysAsync("HashFieldPersisted h", h.GetAndExpireAsync(["b"], Expiration.Never));
        await SaysAsync("HashFieldExpirationSet h", h.ExpireFieldAsync("b", Second));
        await SaysAsync("", h.ExpireFieldAsync("b", Second, ExpireWhen.WithoutExpiration));
        await SaysAsync("", h.ExpireFieldsAsync(["x", "y"], Second));
        await SaysAsync("HashFieldExpirationSet h", h.ExpireFieldsAsync(["b", "c"], Second));
        await SaysAsync("HashFieldPersisted h", h.PersistFieldAsync("b"));
        await SaysAsync("", h.PersistFieldAsync("b"));
        await SaysAsync("HashFieldPersisted h", h.PersistFieldsAsync(["b", "c"]));
        await SaysAsync("HashFieldRemoved h", h.ExpireFieldAsync("b", TimeSpan.Zero));
        await SaysAsync("HashFieldRemoved h, Deleted h", h.ExpireFieldsAsync(["c"], TimeSpan.Zero));
        await SaysAsync("HashFieldSet h, HashFieldExpirationSet h", h.SetAsync([new("a", 1)], Second));
        await SaysAsync("HashFieldSet h", h.SetAsync([new("a", 1)], Expiration.Keep));
        await SaysAsync("", h.SetAsync([new("a", 1)], Second, SetWhen.Missing));
        await SaysAsync("HashFieldRemoved h, Deleted h", h.SetAsync([new("a", 1)], DateTimeOffset.UnixEpoch));
        await SaysAsync("", h.SetAsync([new("a", 1)], DateTimeOffset.UnixEpoch));
        await SaysAsync("HashFieldSet h", h.SetAsync([new("a", 1), new("b", 2)], Expiration.Never));
        await SaysAsync("HashFieldRemoved h, Deleted h", h.GetAndRemoveAsync(["a", "b", "c"]));
        await SaysAsync("", h.GetAndRemoveAsync(["a"]));

        async Task SaysAsync<T>(string expected, ValueTask<T> command)
        {
            await command;
            Assert.Equal(expected, await events.TakeAsync());
        }
    }
}

using FsCheck.Xunit;
using KvEmbedded.HyperLogLogs;
using KvEmbedded.Tests.Strings;

namespace KvEmbedded.Tests.HyperLogLogs;

/// <summary>Random commands beside plain registers.</summary>
public sealed class HyperLogLogCommandTests
{
    [Property(MaxTest = 200, EndSize = 60)]
    public async Task Every_answer_is_that_of_plain_registers(HyperLogLogStep[] steps)
    {
        await using var world = new StringWorld();
        var model = new Dictionary<string, byte[]>();
        foreach (var step in steps) Assert.Equal(step.Run(model), await step.RunAsync(world.Keyspace));
        await SameAsync(world, model);
    }

    [Property(MaxTest = 150, EndSize = 40)]
    public async Task A_transaction_that_fails_has_changed_nothing_and_one_that_succeeds_everything(
        HyperLogLogStep[] before, HyperLogLogStep[] inside, HyperLogLogStep[] after, bool fails)
    {
        await using var world = new StringWorld();
        var model = new Dictionary<string, byte[]>();
        foreach (var step in before)
        {
            step.Run(model);
            await step.RunAsync(world.Keyspace);
        }

        var kept = model.ToDictionary(pair => pair.Key, pair => (byte[])pair.Value.Clone());
        var bytes = await BytesAsync(world);
        try
        {
            await world.Keyspace.TransactAsync(async tx =>
            {
                foreach (var step in inside) Assert.Equal(step.Run(model), await step.RunAsync(tx));
                if (fails) throw new InvalidOperationException("taken back");
            });
        }
        catch (InvalidOperationException) when (fails)
        {
            model = kept;
            Assert.Equal(bytes, await BytesAsync(world));
        }

        await SameAsync(world, model);

        // Life goes on as if nothing had been.
        foreach (var step in after) Assert.Equal(step.Run(model), await step.RunAsync(world.Keyspace));
        await SameAsync(world, model);
    }

    private static async Task SameAsync(StringWorld world, Dictionary<string, byte[]> model)
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            var value = (await world[name].GetAsync())?.ToArray();
            Assert.Equal(model.ContainsKey(name), value is not null);
            if (value is null) continue;
            Assert.True(HyperLogLogFormat.IsOne(value) && HyperLogLogValue.IsWhole(value));
            var ranks = new byte[RegisterValue.Registers];
            HyperLogLogValue.MergeInto(value, ranks);
            Assert.Equal(model[name], ranks);
            Assert.Equal(HyperLogLogValue.CountOf(ranks), await world.Keyspace.HyperLogLog(name).CountAsync());
        }
    }

    private static async Task<string> BytesAsync(StringWorld world) =>
        string.Join(',', (await world.Keyspace.Strings.GetAsync(["a", "b", "c"])).Select(value => value is { } bytes ? Convert.ToBase64String(bytes.ToArray()) : "nil"));
}

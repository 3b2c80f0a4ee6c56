using FsCheck.Xunit;
using KvEmbedded.Tests.Strings;

namespace KvEmbedded.Tests.Bitmaps;

/// <summary>Random commands beside a plain model.</summary>
public sealed class BitmapCommandTests
{
    [Property(MaxTest = 500, EndSize = 200)]
    public async Task Every_answer_is_that_of_the_plain_model(BitmapStep[] steps)
    {
        await using var world = new StringWorld();
        var model = new BitmapModel();
        foreach (var step in steps) Assert.Equal(step.Run(model), await step.RunAsync(world.Keyspace));
        await SameAsync(world, model);
    }

    [Property(MaxTest = 300, EndSize = 200)]
    public async Task A_transaction_that_fails_has_changed_nothing_and_one_that_succeeds_everything(
        BitmapStep[] before, BitmapStep[] inside, BitmapStep[] after, bool fails)
    {
        await using var world = new StringWorld();
        var model = new BitmapModel();
        foreach (var step in before)
        {
            step.Run(model);
            await step.RunAsync(world.Keyspace);
        }

        var kept = model.Copy();
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
        }

        await SameAsync(world, model);

        // Life goes on as if nothing had been.
        foreach (var step in after) Assert.Equal(step.Run(model), await step.RunAsync(world.Keyspace));
        await SameAsync(world, model);
    }

    private static async Task SameAsync(StringWorld world, BitmapModel model)
    {
        foreach (var name in new[] { "a", "b", "c" }) Assert.Equal(model.Find(name), (await world[name].GetAsync())?.ToArray());
    }
}

using FsCheck.Xunit;

namespace KvEmbedded.Tests.Keys;

public sealed class KeyModelTests
{
    [Property(MaxTest = 300)]
    public void Any_sequence_of_commands_does_what_the_plain_model_does(KeyStep[] steps) =>
        Follows(steps, world => world.Keyspace);

    [Property(MaxTest = 100)]
    public void A_view_does_what_the_plain_model_does_and_leaves_other_keys_alone(KeyStep[] steps)
    {
        using var world = new KeysWorld();
        for (var i = 0; i < KeyStep.KeyCount; i++) world.Keyspace.Synchronous.Strings.SetAsync(KeyStep.KeyAt(i), "outside");
        var outside = KeyStep.Look(world.Keyspace);

        Follows(steps, _ => world.Keyspace.WithPrefix("*:"), world);

        world.Keyspace.WithPrefix("*:").Keys.FlushAsync().AsTask().GetAwaiter().GetResult();
        Assert.Equal(outside, KeyStep.Look(world.Keyspace));
    }

    [Property(MaxTest = 100)]
    public void The_synchronous_side_does_what_the_plain_model_does(KeyStep[] steps) =>
        Follows(steps, world => world.Keyspace.Synchronous);

    [Property(MaxTest = 100)]
    public void Steps_of_a_transaction_do_what_the_plain_model_does(KeyStep[] steps)
    {
        using var world = new KeysWorld();
        var model = new KeyModel();
        world.Keyspace.Transact(tx =>
        {
            foreach (var step in steps.Where(step => !step.IsAdvance))
            {
                Assert.Equal(step.RunOn(model), step.RunOn(tx, world.Clock));
                Assert.Equal(model.Look(), KeyStep.Look(tx));
            }
        });
        Assert.Equal(model.Look(), KeyStep.Look(world.Keyspace));
    }

    private static void Follows(KeyStep[] steps, Func<KeysWorld, IKeyspace> side)
    {
        using var world = new KeysWorld();
        Follows(steps, side, world);
        world.Turn.Table.CheckInvariants();
    }

    private static void Follows(KeyStep[] steps, Func<KeysWorld, IKeyspace> side, KeysWorld world)
    {
        var (keyspace, model) = (side(world), new KeyModel());
        foreach (var step in steps)
        {
            if (step.IsAdvance)
            {
                world.Advance(step.Advance);
                model.Advance(step.Advance);
            }
            else
            {
                Assert.Equal(step.RunOn(model), step.RunOn(keyspace, world.Clock));
            }

            Assert.Equal(model.Look(), KeyStep.Look(keyspace));
        }
    }
}

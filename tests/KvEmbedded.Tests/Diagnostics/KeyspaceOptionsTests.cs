namespace KvEmbedded.Tests.Diagnostics;

public sealed class KeyspaceOptionsTests
{
    [Fact]
    public async Task Options_are_read_once_and_later_changes_have_no_effect()
    {
        var options = new KeyspaceOptions { ValueLengthMax = 10 };
        await using var keyspace = new Keyspace(options);

        options.ValueLengthMax = 1_000;

        Assert.Throws<ValueTooLongException>(() => { _ = keyspace.Strings.SetAsync("k", new byte[11]); });
    }
}

namespace KvEmbedded.Tests;

public sealed class HouseTests
{
    [Fact]
    public void The_house_stands() => Assert.Equal("KvEmbedded", typeof(KeyType).Namespace);
}

namespace KvEmbedded.Tests.PubSub;

/// <summary>What a test reads from a subscription.</summary>
internal static class Reading
{
    /// <summary>The next so many.</summary>
    public static async Task<T[]> ReadAsync<T>(this Subscription<T> subscription, int count)
    {
        var read = new List<T>();
        await foreach (var news in subscription)
        {
            read.Add(news);
            if (read.Count == count) break;
        }

        return [.. read];
    }

    /// <summary>All that is buffered, each message as text.</summary>
    public static string Buffered(this Subscription<ChannelMessage> subscription) =>
        string.Join(' ', BufferedNews(subscription).Select(Text));

    public static List<T> BufferedNews<T>(this Subscription<T> subscription)
    {
        subscription.Dispose();
        var read = new List<T>();
        var reader = subscription.GetAsyncEnumerator();
        while (reader.MoveNextAsync() is { IsCompletedSuccessfully: true } more && more.Result) read.Add(reader.Current);
        return read;
    }

    /// <summary>channel=message, and the pattern before it if there is one.</summary>
    public static string Text(ChannelMessage message) =>
        $"{(message.Pattern is { } pattern ? $"{pattern}:" : "")}{message.Channel}={message.Message}";
}

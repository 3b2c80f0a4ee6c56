using KvEmbedded.Diagnostics;
using KvEmbedded.Engine;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Diagnostics;

public sealed class StallWatchTests
{
    // One thread begins and ends commands while another lets time pass: what is reported must be a command that was
    // running, whole (name and key belong together), and each at most once.
    [Fact]
    public void What_is_reported_is_never_half_of_one_command_and_half_of_another()
    {
        var time = new FakeTimeProvider();
        var faults = new List<string>();
        var reported = new HashSet<string>();
        using var watch = new StallWatch(time, TimeSpan.FromMilliseconds(1), (command, key, heldFor) =>
        {
            if (command != key.ToString()) faults.Add($"{command} at {key}");
            if (!reported.Add(command)) faults.Add($"{command} twice");
            if (heldFor < TimeSpan.FromMilliseconds(1)) faults.Add($"{command} after {heldFor}");
        });
        var hasEnded = false;
        var clock = new Thread(() =>
        {
            while (!Volatile.Read(ref hasEnded)) time.Advance(TimeSpan.FromMilliseconds(1));
        });
        clock.Start();

        for (var i = 0; i < 20_000; i++)
        {
            var name = $"{i}";
            watch.Begin(name, new EncodedKey(System.Text.Encoding.UTF8.GetBytes(name)), time.GetTimestamp());
            watch.End();
        }

        // The last one stays: it has to be found, whatever the crossing before.
        watch.Begin("last", new EncodedKey("last"u8.ToArray()), time.GetTimestamp());
        Volatile.Write(ref hasEnded, true);
        clock.Join();
        time.Advance(TimeSpan.FromMilliseconds(10));
        time.Advance(TimeSpan.FromMilliseconds(10));

        Assert.Empty(faults);
        Assert.Contains("last", reported);
    }
}

using FsCheck.Xunit;

namespace KvEmbedded.Tests.Hashes;

/// <summary>Scans of a hash by its commands, a page at a time, while others change it and time passes.</summary>
public sealed class HashScanTests
{
    // A second passes after each page. The crowd lets the hash change its form, up and down, in the middle of a scan.
    [Property(MaxTest = 300, EndSize = 300)]
    public async Task Fields_there_all_along_are_seen_once_and_no_field_after_its_end(
        byte[] stay, (byte Field, byte Pages)[] end, byte crowd, byte pageSize, (byte Field, byte How)[] changes)
    {
        await using var world = new HashWorld();
        var hash = world["h"];
        foreach (var number in stay) await hash.SetAsync([new(Stayer(number), "first")], number % 2 == 0 ? Expiration.Never : TimeSpan.FromDays(1));
        var lastPages = new Dictionary<KvValue, int>();
        foreach (var (number, pages) in end)
        {
            lastPages[Ender(number)] = pages % 16;
            await hash.SetAsync([new(Ender(number), "first")], HashWorld.Second * ((pages % 16) + 0.5));
        }

        for (var i = 0; i < crowd * 4; i++) await hash.SetAsync(Crowd(i), i);
        var (options, seen, at, cursor, page, gone) = (new MemberScan { PageSize = 1 + (pageSize % 20) }, new List<KvValue>(), 0, 0ul, 0, 0);
        do
        {
            var entries = await hash.ScanPageAsync(cursor, options);
            cursor = entries.NextCursor;
            foreach (var (field, _) in entries.Entries)
            {
                seen.Add(field);
                Assert.False(lastPages.TryGetValue(field, out var last) && page > last, $"{field} was seen on page {page}; its last is {last}.");
            }

            page++;
            world.Time.Advance(HashWorld.Second);
            for (var i = 0; i < 20 && at < changes.Length; i++, at++) await ChangeAsync(changes[at].Field, changes[at].How);
        }
        while (cursor != 0);

        var there = stay.Select(Stayer).Concat(lastPages.Where(pair => pair.Value >= page - 1).Select(static pair => pair.Key));
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Subset(seen.ToHashSet(), there.ToHashSet());
        world.CheckInvariants("h");

        async Task ChangeAsync(byte number, byte how)
        {
            switch (how % 4)
            {
                case 0 when stay.Length > 0:
                    await hash.SetAsync([new(Stayer(stay[number % stay.Length]), new string('x', how))], Expiration.Keep);
                    break;
                case 1:
                    for (var end = Math.Min(crowd * 4, gone + number); gone < end; gone++) await hash.RemoveAsync(Crowd(gone));
                    break;
                case 2:
                    await hash.SetAsync([new($"comes {number}", how)], HashWorld.Second * (1 + (how % 8)));
                    break;
                default:
                    if (!await hash.RemoveAsync($"comes {number}")) await hash.SetAsync($"comes {number}", how);
                    break;
            }
        }

        static KvValue Stayer(byte number) => $"stays {number}";

        static KvValue Ender(byte number) => $"ends {number}";

        static KvValue Crowd(int number) => $"crowd {number}";
    }
}

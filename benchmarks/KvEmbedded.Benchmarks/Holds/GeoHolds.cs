using System.Globalization;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>A million places, searched around a point, beside redis-server and beside looking at a plain list.</summary>
internal static class GeoHolds
{
    private const string Redis = "redis-server, unix socket, 16 pipelined";
    private const int Places = 1_000_000;
    private const int Pipelined = 16;
    private const int Searches = 2_000;
    private const int Looks = 20;

    // About a hundred of a million places that are spread over ten degrees by ten.
    private static readonly GeoArea Area = GeoArea.Circle(6, GeoUnit.Kilometers);

    public static readonly Hold[] All =
    [
        new("geo-search", "about 100 of 1 M places within 6 km, with distance and position", Redis, 3, Sense.AtLeast, () => Task.FromResult(BesideRedis())),
        new("geo-search-list", "about 100 of 1 M places within 6 km", "a look at each in a List", 100, Sense.AtLeast, () => Task.FromResult(BesideList())),
        new("geo-search-nearest", "the nearest 10 of about 10,000 within 60 km", Redis, 3, Sense.AtLeast, () => Task.FromResult(Nearest())),
    ];

    private static Measurement BesideRedis()
    {
        using var world = new World(withServer: true);
        return Measurement.Faster(Interleaved.Measure(
            () => world.Search(Searches, Area, null),
            () => world.SearchServer(Searches, "6", []),
            Searches));
    }

    private static Measurement Nearest()
    {
        using var world = new World(withServer: true);
        return Measurement.Faster(Interleaved.Measure(
            () => world.Search(Searches / 10, GeoArea.Circle(60, GeoUnit.Kilometers), new GeoSearchOptions { CountMax = 10 }),
            () => world.SearchServer(Searches / 10, "60", ["ASC", "COUNT", "10"]),
            Searches / 10));
    }

    private static Measurement BesideList()
    {
        using var world = new World(withServer: false);
        return Measurement.Faster(Interleaved.Measure(
            () => world.Search(Looks, Area, null), () => world.LookAtEach(Looks, radiusMeters: 6_000), Looks));
    }

    private sealed class World : IDisposable
    {
        private readonly Random random = new(1);
        private readonly Keyspace keyspace = new();
        private readonly GeoEntry[] entries;
        private readonly IGeoIndex index;
        private readonly RealRedis? server;
        private readonly GeoPoint[] centers;
        private int at;
        private int serverAt;

        public World(bool withServer)
        {
            index = keyspace.GeoIndex("places");
            entries = [.. Enumerable.Range(0, Places).Select(i => new GeoEntry($"place:{i:d10}", Draw()))];
            foreach (var chunk in entries.Chunk(10_000)) index.AddAsync(chunk).AsTask().GetAwaiter().GetResult();
            centers = [.. Enumerable.Range(0, Searches).Select(_ => Draw())];
            if (!withServer) return;
            server = new RealRedis();
            foreach (var chunk in entries.Chunk(1_000))
            {
                foreach (var entry in chunk) server.Add("GEOADD", "places", Text(entry.Position.Longitude), Text(entry.Position.Latitude), entry.Member.ToString());
                server.Send(chunk.Length);
            }
        }

        public static object? Sink { get; set; }

        public void Search(int count, GeoArea area, GeoSearchOptions? options)
        {
            for (var i = 0; i < count; i++) Sink = index.SearchAsync(centers[at++ % Searches], area, options).AsTask().GetAwaiter().GetResult();
        }

        public void SearchServer(int count, string radius, string[] options)
        {
            for (var i = 0; i < count; i += Pipelined)
            {
                var batch = Math.Min(Pipelined, count - i);
                for (var j = 0; j < batch; j++)
                {
                    var center = centers[serverAt++ % Searches];
                    server!.Add(
                    [
                        "GEOSEARCH", "places", "FROMLONLAT", Text(center.Longitude), Text(center.Latitude), "BYRADIUS", radius, "km", .. options,
                        "WITHDIST", "WITHCOORD",
                    ]);
                }

                server!.Send(batch);
            }
        }

        /// <summary>The haversine formula, once for each place.</summary>
        public void LookAtEach(int count, double radiusMeters)
        {
            for (var i = 0; i < count; i++)
            {
                var center = centers[at++ % Searches];
                var found = new List<(GeoEntry, double)>();
                foreach (var entry in entries)
                {
                    var distance = Distance(center, entry.Position);
                    if (distance <= radiusMeters) found.Add((entry, distance));
                }

                Sink = found;
            }
        }

        public void Dispose()
        {
            server?.Dispose();
            keyspace.Dispose();
        }

        private static double Distance(GeoPoint from, GeoPoint to)
        {
            const double Radians = Math.PI / 180;
            var (u, v) = (Math.Sin((to.Latitude - from.Latitude) * Radians / 2), Math.Sin((to.Longitude - from.Longitude) * Radians / 2));
            return 2 * 6372797.560856 * Math.Asin(Math.Sqrt((u * u) + (Math.Cos(from.Latitude * Radians) * Math.Cos(to.Latitude * Radians) * v * v)));
        }

        private static string Text(double degrees) => degrees.ToString("R", CultureInfo.InvariantCulture);

        private GeoPoint Draw() => new(5 + (random.NextDouble() * 10), 43 + (random.NextDouble() * 10));
    }
}

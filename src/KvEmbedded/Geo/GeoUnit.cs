namespace KvEmbedded;

/// <summary>A unit of length, as Redis counts it.</summary>
public enum GeoUnit
{
    /// <summary>Metres (m).</summary>
    Meters,

    /// <summary>Kilometres, 1,000 m (km).</summary>
    Kilometers,

    /// <summary>Miles, 1,609.34 m (mi).</summary>
    Miles,

    /// <summary>Feet, 0.3048 m (ft).</summary>
    Feet,
}

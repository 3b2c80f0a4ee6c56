namespace Lloogg;

/// <summary>The time of an access log: <c>05/Mar/2026:13:55:36 +0100</c>, always 26 bytes.</summary>
internal static class LogTime
{
    /// <summary>Bytes of a time, brackets not counted.</summary>
    public const int Length = 26;

    private static ReadOnlySpan<byte> MonthNames => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>Reads a time. Refuses what no calendar has, such as 30 February.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length != Length || text[2] != '/' || text[6] != '/' || text[11] != ':' || text[14] != ':'
            || text[17] != ':' || text[20] != ' ' || text[21] is not ((byte)'+' or (byte)'-'))
        {
            return false;
        }

        var day = Number(text[..2]);
        var month = Month(text[3..6]);
        var year = Number(text[7..11]);
        var hour = Number(text[12..14]);
        var minute = Number(text[15..17]);
        var second = Number(text[18..20]);
        var offset = TimeSpan.FromMinutes(Number(text[22..24]) * 60 + Number(text[24..26]));
        if (Number(text[22..26]) < 0 || offset > TimeSpan.FromHours(14)) return false;
        if (month < 1 || year < 1 || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59) return false;
        if (day < 1 || day > DateTime.DaysInMonth(year, month)) return false;

        var local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified);
        if (text[21] == '-') offset = -offset;
        if ((local - DateTime.MinValue) < offset || (DateTime.MaxValue - local) < -offset) return false;
        time = new DateTimeOffset(local, offset);
        return true;
    }

    /// <summary>1 to 12, or 0 if the three letters name no month.</summary>
    private static int Month(ReadOnlySpan<byte> name)
    {
        for (var month = 0; month < 12; month++)
        {
            if (MonthNames.Slice(month * 3, 3).SequenceEqual(name)) return month + 1;
        }

        return 0;
    }

    /// <summary>The number that the digits spell, or less than 0 if one is no digit.</summary>
    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9') return int.MinValue / 2;
            number = number * 10 + (digit - '0');
        }

        return number;
    }
}

using System.Globalization;

namespace MlOps.Cli;

/// <summary>How values look in the tables.</summary>
internal static class Display
{
    public static string Time(DateTimeOffset? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    public static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    public static string Count(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => "",
        { TotalSeconds: < 60 } d => d.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { } d => ((long)d.TotalMinutes).ToString(CultureInfo.InvariantCulture) + " min " + d.Seconds.ToString(CultureInfo.InvariantCulture) + " s",
    };
}

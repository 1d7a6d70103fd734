using System.Globalization;
using MlOps.Reports.Rendering;

namespace MlOps.Reports.Charts;

/// <summary>A place on a horizontal axis: a number or an instant. Both convert to it implicitly.</summary>
public readonly record struct ChartX
{
    private ChartX(double value, bool isTime)
    {
        Value = value;
        IsTime = isTime;
    }

    /// <summary>The number, or the instant in seconds since 1970-01-01 UTC.</summary>
    public double Value { get; }

    /// <summary>Whether this is an instant.</summary>
    public bool IsTime { get; }

    /// <summary>A number; NaN and infinities are not drawn.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator ChartX(double value) => new(value, isTime: false);

    /// <summary>An instant, shown in UTC.</summary>
    /// <param name="time">The instant.</param>
    public static implicit operator ChartX(DateTimeOffset time) =>
        new((time - DateTimeOffset.UnixEpoch).TotalSeconds, isTime: true);

    /// <summary>The number at four significant digits, or the instant as <c>2026-01-31 08:00:00</c>.</summary>
    public override string ToString() => IsTime
        ? TimeTicks.ToTime(Value).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        : NumberText.Short(Value);
}

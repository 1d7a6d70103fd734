using System.Globalization;

namespace MlOps.Data.Checks.Tables;

/// <summary>Two limits of what is measured, both inclusive; null for none.</summary>
internal readonly record struct Limits(double? Min, double? Max)
{
    /// <summary>Whether there is one.</summary>
    public bool Any => Min is not null || Max is not null;

    /// <exception cref="ArgumentException">They contradict each other.</exception>
    public static Limits Of(double? min, double? max, string what) =>
        min is double.NaN || max is double.NaN || min > max
            ? throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The limits [{min}, {max}] of the {what} allow nothing: give the smaller first."), nameof(min))
            : new Limits(min, max);

    /// <summary>Whether a value is allowed; NaN never is.</summary>
    public bool Allow(double value) => !double.IsNaN(value) && !(value < Min) && !(value > Max);

    /// <summary>A value in so many digits that they say whether it is allowed; six where those do.</summary>
    public string Words(double value)
    {
        var exact = value.ToString("R", CultureInfo.InvariantCulture);
        var few = value.ToString("G6", CultureInfo.InvariantCulture);
        return double.IsInteger(value) || Allow(double.Parse(few, CultureInfo.InvariantCulture)) != Allow(value) ? exact : few;
    }

    public override string ToString() => (Min, Max) switch
    {
        ({ } min, { } max) => string.Create(CultureInfo.InvariantCulture, $"in [{min}, {max}]"),
        (null, null) => "",
        ({ } min, null) => string.Create(CultureInfo.InvariantCulture, $"≥ {min}"),
        var (_, max) => string.Create(CultureInfo.InvariantCulture, $"≤ {max}"),
    };
}

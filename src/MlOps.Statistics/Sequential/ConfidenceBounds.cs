using System.Globalization;

namespace MlOps.Statistics;

/// <summary>Where a mean lies by a confidence sequence.</summary>
/// <param name="Lower">The least mean that is not excluded.</param>
/// <param name="Upper">The greatest mean that is not excluded.</param>
public readonly record struct ConfidenceBounds(double Lower, double Upper)
{
    /// <summary>Whether every mean is excluded: no single mean explains the stream, so it has moved (or an event of probability alpha
    /// happened).</summary>
    public bool IsEmpty => Lower > Upper;

    /// <summary>Whether a mean is not excluded.</summary>
    public bool Contains(double mean) => mean >= Lower && mean <= Upper;

    /// <summary>Both bounds, in brackets.</summary>
    public override string ToString() =>
        IsEmpty ? "empty" : string.Create(CultureInfo.InvariantCulture, $"[{Lower:G6}, {Upper:G6}]");

    /// <summary>The means that neither excludes.</summary>
    internal ConfidenceBounds And(double lower, double upper) => new(Math.Max(Lower, lower), Math.Min(Upper, upper));
}

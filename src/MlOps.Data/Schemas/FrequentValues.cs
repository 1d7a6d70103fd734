using System.Globalization;
using MlOps.Statistics;

namespace MlOps.Data.Schemas;

/// <summary>Fits a set of texts that nearly all rows have, beside rare ones such as typing errors.</summary>
internal static class FrequentValues
{
    /// <summary>Proposed only where a set of all values is not.</summary>
    public const string Name = "frequent_values";

    private const int MostValues = 50;
    private const int LeastCount = 10;

    // A text of a set is no typing error: it has at least this share of the rows.
    private const double LeastShare = 0.002;
    private const double LeastCovered = 0.95;

    public static ConstraintFit? Fit(ColumnProfile seen)
    {
        if (seen.IsPersonal || seen.Texts?.Top is not { } texts)
        {
            return null;
        }

        HeavyHitter[] frequent =
        [
            .. texts.Top(MostValues + 1).Where(text => text.Count - text.Error >= Math.Max(LeastCount, LeastShare * seen.Count)),
        ];
        var covered = (double)frequent.Sum(text => text.Count - text.Error) / seen.Count;
        if (frequent.Length is < 2 or > MostValues || covered < LeastCovered || covered >= 1)
        {
            return null;
        }

        var mostly = ConstraintFits.ShareWithRoom(1 - covered);
        HashSet<string> allowed = new(frequent.Select(text => text.Value), StringComparer.Ordinal);
        string[] sorted = [.. allowed.Order(StringComparer.Ordinal)];
        return new ConstraintFit(
            Name,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join(", ", sorted.Take(5))}{(sorted.Length > 5 ? $", … ({sorted.Length})" : "")} in {ConstraintFits.Share(mostly)} of the rows"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{sorted.Length} texts make up {ConstraintFits.Share(covered)} of the values; half as many others again, and 0.5 %, are left as room."),
            0.7,
            column => column,
            checks => checks.In(sorted).Mostly(mostly),
            part => part.Count == 0 || part.Texts!.Top is not { } top
                || top.Top(top.Capacity).Where(text => allowed.Contains(text.Value)).Sum(text => text.Count - text.Error) >= mostly * part.Count);
    }
}

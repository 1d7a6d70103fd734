using System.Globalization;
using MlOps.Data.Columns;

namespace MlOps.Data.Schemas;

/// <summary>Fits every kind of constraint that rows of a column may bear, with room around what was seen.</summary>
internal static class ConstraintFits
{
    /// <summary>Proposed only where no range says more.</summary>
    public const string NotNegativeName = "not_negative";

    private const int LeastForUnique = 50;
    private const int LeastForWhole = 20;

    // Below what sketches of 2¹⁴ registers make of values that are all different.
    private const double NearlyAllDifferent = 0.95;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <param name="seen">The rows that constraints are fitted on.</param>
    /// <param name="isFloating">Whether the column could hold numbers that are not whole.</param>
    public static IEnumerable<ConstraintFit> Of(ColumnProfile seen, bool isFloating)
    {
        if (seen.Count == 0)
        {
            yield break;
        }

        yield return new ConstraintFit(
            "type",
            seen.Type.ToString(),
            $"All {Count(seen.Count)} values are of this kind.",
            0.7,
            column => column,
            checks => checks.OfType(seen.Type),
            part => part.Count == 0 || part.Type == seen.Type);
        ConstraintFit?[] fits =
        [
            Missing(seen), Range(seen), NotNegative(seen), Whole(seen, isFloating), Values(seen), FrequentValues.Fit(seen),
            TextPatterns.Fit(seen), Lengths(seen), Unique(seen), Earliest(seen),
        ];
        foreach (var fit in fits)
        {
            if (fit is not null)
            {
                yield return fit;
            }
        }
    }

    /// <summary>The share that must be right where some are wrong: half as many wrong ones again, and one in two hundred, are left as room.</summary>
    internal static double ShareWithRoom(double wrong) => Math.Floor(Math.Round((1 - (1.5 * wrong) - 0.005) * 1000, 6)) / 1000;

    internal static string Share(double share) => share.ToString("0.##%", Culture);

    internal static string Hidden(ColumnProfile column, string text) => column.IsPersonal ? Redacted.Text : text;

    private static ConstraintFit? Missing(ColumnProfile seen)
    {
        var tolerated = SchemaInference.Tolerated(seen);
        return tolerated >= 1 ? null : new ConstraintFit(
            "missing_share",
            tolerated == 0 ? "none" : $"up to {Share(tolerated)}",
            tolerated == 0
                ? $"None of {Count(seen.Count)} rows lacks it."
                : $"{Share(seen.MissingShare)} of the rows lack it; half as many again, and one in a hundred, are left as room.",
            tolerated == 0 ? 0.95 : 0.4,
            column => column with { MissingShare = tolerated },
            checks => _ = tolerated == 0 ? checks.NotNull() : checks.NotNull().Mostly(1 - tolerated),
            part => part.MissingShare <= tolerated);
    }

    private static ConstraintFit? Range(ColumnProfile seen)
    {
        if (seen is not { Minimum: { } min, Maximum: { } max })
        {
            return null;
        }

        var (lower, upper) = SchemaInference.Range(min, max);
        return lower is null && upper is null ? null : new ConstraintFit(
            "range",
            Hidden(seen, string.Create(Culture, $"{lower ?? double.NegativeInfinity} to {upper ?? double.PositiveInfinity}")),
            Hidden(seen, string.Create(Culture,
                $"Seen were {min} to {max}; a quarter of that width is left as room{(min >= 0 && lower >= 0 ? ", none below 0" : "")}.")),
            0.75,
            column => column with { Minimum = lower, Maximum = upper },
            checks => checks.InRange(lower ?? double.NegativeInfinity, upper ?? double.PositiveInfinity),
            part => part.Count == 0
                || (part.Minimum >= (lower ?? double.NegativeInfinity) && part.Maximum <= (upper ?? double.PositiveInfinity)));
    }

    private static ConstraintFit? NotNegative(ColumnProfile seen) => seen.Minimum >= 0
        ? new ConstraintFit(
            NotNegativeName,
            "0 or more",
            "No number below 0 was seen.",
            0.6,
            column => column with { Minimum = column.Minimum ?? 0 },
            checks => checks.NotNegative(),
            part => part.Count == 0 || part.Minimum >= 0)
        : null;

    private static ConstraintFit? Whole(ColumnProfile seen, bool isFloating) => isFloating && seen.IsWhole == true && seen.Count >= LeastForWhole
        ? new ConstraintFit(
            "whole",
            "no fractions",
            $"All {Count(seen.Count)} numbers are whole, though the column could hold others.",
            0.5,
            column => column,
            checks => checks.Whole(),
            part => part.IsWhole != false)
        : null;

    private static ConstraintFit? Values(ColumnProfile seen)
    {
        // A list of personal values has no place in a file.
        if (seen.IsPersonal || seen.Texts?.Top is not { } texts || !SchemaInference.HasFewValues(seen, texts))
        {
            return null;
        }

        HashSet<string> allowed = new(texts.Top(texts.Capacity).Select(text => text.Value), StringComparer.Ordinal);
        string[] sorted = [.. allowed.Order(StringComparer.Ordinal)];
        return new ConstraintFit(
            "values",
            string.Join(", ", sorted.Take(5)) + (sorted.Length > 5 ? $", … ({sorted.Length})" : ""),
            $"Only {sorted.Length} different texts were seen, {Count(seen.Count / sorted.Length)} times each on average.",
            0.9,
            column => column with { Values = sorted },
            checks => checks.In(sorted),
            part => part.Texts?.Top is { IsExact: true } top && top.Top(top.Capacity).All(text => allowed.Contains(text.Value)));
    }

    private static ConstraintFit? Lengths(ColumnProfile seen)
    {
        if (seen is not { MinLength: { } shortest, MaxLength: { } longest }
            || (seen.Texts?.Top is { } texts && SchemaInference.HasFewValues(seen, texts)))
        {
            return null;
        }

        var (least, most) = SchemaInference.Lengths(shortest, longest);
        return new ConstraintFit(
            "length",
            $"{least ?? 0} to {most}",
            $"Texts of {shortest} to {longest} characters were seen; half the shortest and twice the longest are allowed.",
            0.3,
            column => column with { MinLength = least, MaxLength = most },
            checks => checks.Length(least ?? 0, most),
            part => part.Count == 0 || (part.MinLength >= (least ?? 0) && part.MaxLength <= most));
    }

    private static ConstraintFit? Unique(ColumnProfile seen)
    {
        var canBe = seen.Type == ColumnKind.Text
            || seen.Type == ColumnKind.Time || (seen.Type == ColumnKind.Number && seen.IsWhole == true);
        return canBe && seen.Count >= LeastForUnique && seen.Distinct >= NearlyAllDifferent * seen.Count
            ? new ConstraintFit(
                "unique",
                "no value twice",
                $"All {Count(seen.Count)} values are different.",
                1,
                column => column with { Unique = true },
                checks => checks.Unique(),
                part => part.Distinct >= NearlyAllDifferent * part.Count)
            : null;
    }

    private static ConstraintFit? Earliest(ColumnProfile seen)
    {
        if (seen is not { Earliest: { } first, Latest: { } last })
        {
            return null;
        }

        var room = TimeSpan.FromTicks(Math.Max((last - first).Ticks / 4, TimeSpan.TicksPerDay));
        var limit = first - DateTimeOffset.MinValue > room
            ? new DateTimeOffset((first - room).UtcDateTime.Date, TimeSpan.Zero) : DateTimeOffset.MinValue;
        return new ConstraintFit(
            "earliest",
            Hidden(seen, limit.ToString("yyyy-MM-dd", Culture)),
            Hidden(seen, $"The first was {first.UtcDateTime.ToString("yyyy-MM-dd", Culture)}; a quarter of the span is left as room. "
                + "New data go on, so that no latest time is proposed."),
            0.35,
            column => column with { Earliest = limit },
            checks => checks.InRange(limit, DateTimeOffset.MaxValue),
            part => part.Count == 0 || part.Earliest >= limit);
    }

    private static string Count(long count) => count.ToString("#,0", Culture);
}

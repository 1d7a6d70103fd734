using System.Globalization;
using MlOps.Statistics;

namespace MlOps.Data.Profiles;

/// <summary>A comparison of one aspect of a column, before its p-value is corrected.</summary>
internal sealed class ProfileComparison
{
    private static readonly StatisticInterval Unknown = new(double.NaN, double.NaN);

    public required string Column { get; init; }

    public required string Aspect { get; init; }

    public required StatisticInterval Effect { get; init; }

    public required StatisticInterval PValue { get; set; }

    public required double LeastEffect { get; init; }

    public required string Explanation { get; init; }

    public bool IsCertain { get; init; }

    public static IEnumerable<ProfileComparison> Of(DataProfile reference, DataProfile current, DriftOptions options)
    {
        var currents = current.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        foreach (var before in reference.Columns)
        {
            if (!currents.Remove(before.Name, out var now))
            {
                yield return Certain(before.Name, "The column is gone.");
            }
            else if (before.Type != now.Type)
            {
                yield return Certain(before.Name, $"It held values of the kind {before.Type}, now {now.Type}.");
            }
            else
            {
                if (Values(before, now, options) is { } values)
                {
                    yield return values;
                }

                if (before.Count + before.MissingCount > 0 && now.Count + now.MissingCount > 0)
                {
                    yield return Missing(before, now, options);
                }
            }
        }

        foreach (var added in current.Columns.Where(column => currents.ContainsKey(column.Name)))
        {
            yield return Certain(added.Name, "The column is new.");
        }
    }

    public ProfileDriftFinding Judged(double alpha)
    {
        var decision = IsCertain || (PValue.Upper <= alpha && Effect.Lower >= LeastEffect) ? SketchDecision.Drift
            : PValue.Lower > alpha || Effect.Upper < LeastEffect ? SketchDecision.NoDrift
            : SketchDecision.Undecided;
        return new ProfileDriftFinding(Column, Aspect, decision, Effect, PValue, Explanation);
    }

    private static ProfileComparison Certain(string column, string explanation) => new()
    {
        Column = column,
        Aspect = "column",
        Effect = Unknown,
        PValue = Unknown,
        LeastEffect = 0,
        Explanation = explanation,
        IsCertain = true,
    };

    private static ProfileComparison? Values(ColumnProfile before, ColumnProfile now, DriftOptions options)
    {
        if (before.Count == 0 || now.Count == 0)
        {
            return null;
        }

        switch (before.Sketch, now.Sketch)
        {
            case (NumberSketch left, NumberSketch right):
                var test = SketchComparison.KolmogorovSmirnov(left.Quantiles, right.Quantiles, options.Alpha);
                var explanation = before.IsPersonal || now.IsPersonal
                    ? "" : $"median {Text(before.Quantile(0.5))} → {Text(now.Quantile(0.5))}, mean {Text(before.Mean)} → {Text(now.Mean)}";
                return Of(before, test.Statistic, test.PValue, options, explanation);
            case (TextSketch { Top: { IsExact: true } left }, TextSketch { Top: { IsExact: true } right }):
                return Categories(before, Counts(left), Counts(right), options);
            case (BooleanSketch left, BooleanSketch right):
                return Categories(before, Counts(left), Counts(right), options);
            case (TextSketch, TextSketch):
                return Of(
                    before, Unknown, Unknown, options, "There are more than 256 different texts, or they are personal: compare the rows.");
            default:
                return null;
        }
    }

    private static ProfileComparison Categories(
        ColumnProfile column, Dictionary<string, long> before, Dictionary<string, long> now, DriftOptions options)
    {
        string[] names = [.. before.Keys.Union(now.Keys, StringComparer.Ordinal)];
        long[] left = [.. names.Select(name => before.GetValueOrDefault(name))];
        long[] right = [.. names.Select(name => now.GetValueOrDefault(name))];
        var distance = TotalVariation.Between(left, right);
        var p = names.Length < 2 ? 1 : ChiSquared.Homogeneity(left, right).PValue;
        var (all, allNow) = ((double)left.Sum(), (double)right.Sum());
        var most = Enumerable.Range(0, names.Length).MaxBy(i => Math.Abs((left[i] / all) - (right[i] / allNow)));
        var explanation = $"{names[most]}: {Share(left[most] / all)} → {Share(right[most] / allNow)}";
        return Of(column, new StatisticInterval(distance, distance), new StatisticInterval(p, p), options, explanation);
    }

    private static ProfileComparison Of(
        ColumnProfile column, StatisticInterval effect, StatisticInterval p, DriftOptions options, string explanation) => new()
        {
            Column = column.Name,
            Aspect = "values",
            Effect = effect,
            PValue = p,
            LeastEffect = options.MinimumEffect,
            Explanation = explanation,
        };

    private static ProfileComparison Missing(ColumnProfile before, ColumnProfile now, DriftOptions options)
    {
        var change = Math.Abs(before.MissingShare - now.MissingShare);
        var p = change == 0 ? 1 : TwoProportionZ.Test(
            before.MissingCount, before.Count + before.MissingCount, now.MissingCount, now.Count + now.MissingCount).PValue;
        return new ProfileComparison
        {
            Column = before.Name,
            Aspect = "missing",
            Effect = new StatisticInterval(change, change),
            PValue = new StatisticInterval(p, p),
            LeastEffect = options.MinimumMissingRateChange,
            Explanation = $"{Share(before.MissingShare)} → {Share(now.MissingShare)}",
        };
    }

    private static Dictionary<string, long> Counts(SpaceSaving texts) =>
        texts.Top(texts.Capacity).ToDictionary(text => text.Value, text => text.Count, StringComparer.Ordinal);

    private static Dictionary<string, long> Counts(BooleanSketch booleans) =>
        new(StringComparer.Ordinal) { ["true"] = booleans.TrueCount, ["false"] = booleans.Count - booleans.TrueCount };

    private static string Share(double share) => share.ToString("0.##%", CultureInfo.InvariantCulture);

    private static string Text(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "";
}

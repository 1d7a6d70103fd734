using System.Globalization;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Whether categories that are on one side alone are so by more than chance.</summary>
/// <remarks>
/// A category with t rows in both samples together is wholly on one side with a known chance. The smallest chance is taken times the number
/// of
/// categories that are frequent enough to be noticed at all, which the pooled counts decide.
/// </remarks>
internal static class CategoryFindings
{
    /// <summary>A category takes part where its rows could all be on one side with at most this chance.</summary>
    private const double Noticeable = 0.01;

    private const int Named = 5;

    public static DriftFinding New(CategoryCells cells, IReadOnlyList<string> names, DriftOptions options) => OneSided(
        DriftFindingKind.NewCategories,
        "reference",
        "share of rows in new categories",
        share => string.Create(
            CultureInfo.InvariantCulture, $"{share:0.##%} of the rows are in categories that the reference does not have ({List(names)})"),
        cells.Reference,
        cells.Current,
        options);

    public static DriftFinding Vanished(CategoryCells cells, IReadOnlyList<string> names, DriftOptions options) => OneSided(
        DriftFindingKind.VanishedCategories,
        "current sample",
        "share of the reference in vanished categories",
        share => string.Create(
            CultureInfo.InvariantCulture, $"categories with {share:0.##%} of the reference do not occur any more ({List(names)})"),
        cells.Current,
        cells.Reference,
        options);

    /// <remarks>
    /// The effect is the share of the other sample in categories that are evidently absent from the first, or in the one nearest to it.
    /// </remarks>
    private static DriftFinding OneSided(
        DriftFindingKind kind,
        string side,
        string effectName,
        Func<double, string> facts,
        long[] absent,
        long[] present,
        DriftOptions options)
    {
        double n = absent.Sum(), m = present.Sum(), least = 0;
        var candidates = 0;
        var chances = new double[absent.Length];
        for (var i = 0; i < absent.Length; i++)
        {
            var total = absent[i] + present[i];
            if (Hypergeometric.LogAll(Math.Min(total, m), m, n) > Math.Log(Noticeable))
            {
                continue;
            }

            candidates++;
            chances[i] = absent[i] == 0 ? Hypergeometric.LogAll(total, m, n) : 0;
            least = Math.Min(least, chances[i]);
        }

        var limit = Math.Max(least, Math.Log(0.05 / candidates));
        double rows = 0;
        for (var i = 0; i < chances.Length; i++)
        {
            rows += least < 0 && chances[i] <= limit ? present[i] : 0;
        }

        return new DriftFinding
        {
            Kind = kind,
            TestName = $"chance of no row in the {side}, exact, Bonferroni over categories",
            PValue = candidates == 0 ? double.NaN : Math.Min(1, candidates * Math.Exp(least)),
            EffectName = effectName,
            Effect = rows / m,
            MinimumEffect = options.MinimumShare,
            Facts = facts(rows / m),
            Detectable = level => Power.Mean(Limit(level / candidates, m, n)) / m,
        };
    }

    /// <summary>The rows from which on it is unlikely enough that all fall on one side.</summary>
    private static double Limit(double level, double side, double other) => Math.Max(1, Math.Log(level) / Math.Log(side / (side + other)));

    private static string List(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(Named).Select(name => $"'{name}'")) + (names.Count > Named ? $" and {names.Count - Named} more" : "");
}

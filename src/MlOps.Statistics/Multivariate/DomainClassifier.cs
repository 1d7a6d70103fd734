using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Multivariate drift by a classifier that learns to tell current rows from reference rows: where it can, they differ.</summary>
/// <remarks>
/// <para>The area under the ROC curve is cross-validated over stratified folds in a seeded random order. Its folds learn from each other's
/// rows, so that their areas are correlated and a normal test of their mean flags too often (9 % for 5 % was measured). The p-value
/// therefore comes from a chain: each fold but the first is scored by a model of the folds before it. Given those, its area has mean 0.5
/// where nothing differs and DeLong's variance, so that the sum is a martingale and normal. Source: Lopez-Paz and Oquab, "Revisiting
/// classifier two-sample tests" (2017); for the areas see <see cref="RocAuc.DeLong"/>.</para>
/// <para>Rows with missing values are not left out: that a value is missing is something to learn from, and each classifier states what it
/// does with it.</para>
/// </remarks>
public static class DomainClassifier
{
    /// <summary>Tests whether the samples can be told apart, and by which columns.</summary>
    /// <param name="reference">The reference rows.</param>
    /// <param name="current">The rows to compare, of the same columns.</param>
    /// <param name="options">Classifier, folds, permutations and seed; null takes the defaults.</param>
    /// <exception cref="ArgumentException">The columns differ in number, or an option is out of range.</exception>
    public static DomainClassifierResult Test(SampleMatrix reference, SampleMatrix current, DomainClassifierOptions? options = null)
    {
        SampleRows.CheckColumns(reference, current);
        options ??= new DomainClassifierOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Folds, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Permutations, nameof(options));
        var columns = reference.Columns;
        var folds = Math.Min(options.Folds, Math.Min(reference.Rows, current.Rows) / 2);
        if (folds < 2)
        {
            return new DomainClassifierResult
            {
                Auc = double.NaN,
                StandardError = double.NaN,
                PValue = 1,
                Columns = [.. Enumerable.Range(0, columns).Select(c => new DomainColumn(c, 0, double.NaN))],
            };
        }

        double[] values = [.. reference.Values, .. current.Values];
        var labels = new bool[reference.Rows + current.Rows];
        labels.AsSpan(reference.Rows).Fill(true);
        var byColumn = SampleRows.ByColumn(new SampleMatrix(values, columns));
        var alone = UnivariateAreas(byColumn, columns, reference.Rows);
        IFoldedRows rows = options.Classifier is LogisticRegression logistic
            ? new LogisticFolds(byColumn, columns, logistic.Penalty)
            : new CopiedFolds(values, columns, options.Classifier);
        var random = new SplitMix64((ulong)options.Seed);
        var members = Folds(labels, folds, ref random);
        rows.Arrange(members, labels);
        var importance = rows.FitAll(folds).ColumnImportance;
        var (auc, error) = CrossValidate(rows, labels, members);
        return new DomainClassifierResult
        {
            Auc = auc,
            StandardError = error,
            PValue = options.Permutations > 0
                ? PermutationPValue(rows, labels, folds, options.Permutations, auc, ref random)
                : ChainPValue(rows, labels, members),
            Columns = [.. Enumerable.Range(0, columns)
                .Select(c => new DomainColumn(c, importance[c], alone[c]))
                .OrderByDescending(c => c.Importance)],
        };
    }

    private static (double Auc, double Error) CrossValidate(IFoldedRows rows, bool[] labels, int[][] members)
    {
        var folds = members.Length;
        double area = 0, variance = 0;
        for (var held = 0; held < folds; held++)
        {
            var found = Held(rows, labels, members, held, fold => fold != held);
            area += found.Area / folds;
            variance += found.DeLongVariance / folds / folds;
        }

        return (area, Math.Sqrt(variance));
    }

    private static double ChainPValue(IFoldedRows rows, bool[] labels, int[][] members)
    {
        var links = members.Length - 1;
        double area = 0, variance = 0;
        for (var held = 1; held <= links; held++)
        {
            var found = Held(rows, labels, members, held, fold => fold < held);
            area += found.Area / links;
            variance += Math.Max(found.DeLongVariance, found.NullVariance) / links / links;
        }

        return RocAuc.PValueGreater(area, variance);
    }

    private static (double Area, double DeLongVariance, double NullVariance) Held(
        IFoldedRows rows, bool[] labels, int[][] members, int held, Func<int, bool> learnsFrom)
    {
        var scores = new double[members[held].Length];
        bool[] learned = [.. Enumerable.Range(0, members.Length).Select(learnsFrom)];
        rows.Score(held, learned, scores);
        return RocAuc.Variances(scores, Array.ConvertAll(members[held], i => labels[i]));
    }

    private static double PermutationPValue(
        IFoldedRows rows, bool[] labels, int folds, int permutations, double observed, ref SplitMix64 random)
    {
        var reached = 0;
        for (var p = 0; p < permutations; p++)
        {
            var order = SampleRows.Shuffled(labels.Length, ref random);
            var relabelled = Array.ConvertAll(order, i => labels[i]);
            var members = Folds(relabelled, folds, ref random);
            rows.Arrange(members, relabelled);
            reached += CrossValidate(rows, relabelled, members).Auc >= observed - 1e-12 ? 1 : 0;
        }

        return (1.0 + reached) / (1 + permutations);
    }

    /// <summary>Deals the rows of each sample to the folds in turn, in a random order; a fold's rows stand in the table's order.</summary>
    private static int[][] Folds(bool[] labels, int folds, ref SplitMix64 random)
    {
        var foldOf = new int[labels.Length];
        int current = 0, reference = 0;
        foreach (var i in SampleRows.Shuffled(labels.Length, ref random))
        {
            foldOf[i] = (labels[i] ? current++ : reference++) % folds;
        }

        var members = new List<int>[folds];
        for (var fold = 0; fold < folds; fold++)
        {
            members[fold] = new List<int>((labels.Length / folds) + 2);
        }

        for (var i = 0; i < foldOf.Length; i++)
        {
            members[foldOf[i]].Add(i);
        }

        return Array.ConvertAll(members, fold => fold.ToArray());
    }

    /// <summary>The area of each column's own values, which is the share of pairs that Mann and Whitney's U counts.</summary>
    private static double[] UnivariateAreas(double[] byColumn, int columns, int references)
    {
        var rows = byColumn.Length / columns;
        var areas = new double[columns];
        for (var c = 0; c < columns; c++)
        {
            ReadOnlySpan<double> values = byColumn.AsSpan(c * rows, rows), reference = values[..references], current = values[references..];
            var pairs = (double)Observed(reference) * Observed(current);
            areas[c] = MannWhitney.Test(current, reference, PValueMethod.Asymptotic, continuityCorrection: false).Statistic / pairs;
        }

        return areas;
    }

    private static long Observed(ReadOnlySpan<double> values)
    {
        long missing = 0;
        foreach (var value in values)
        {
            missing += double.IsNaN(value) ? 1 : 0;
        }

        return values.Length - missing;
    }
}

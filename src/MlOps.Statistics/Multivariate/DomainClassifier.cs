using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Multivariate drift by a classifier that learns to tell current rows from reference rows: where it can, they differ.</summary>
/// <remarks>
/// <para>The area under the ROC curve is cross-validated over stratified folds in a seeded random order. Its folds learn from each other's rows, so that their
/// areas are correlated and a normal test of their mean flags too often (9 % for 5 % was measured). The p-value therefore comes from a chain: each fold but
/// the first is scored by a model of the folds before it. Given those, its area has mean 0.5 where nothing differs and DeLong's variance, so that the sum is a
/// martingale and normal. Source: Lopez-Paz and Oquab, "Revisiting classifier two-sample tests" (2017); for the areas see <see cref="RocAuc.DeLong"/>.</para>
/// <para>Rows with missing values are not left out: that a value is missing is something to learn from, and each classifier states what it does with it.</para>
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
        double[] values = [.. reference.Values, .. current.Values];
        var pooled = new SampleMatrix(values, reference.Columns);
        var labels = new bool[pooled.Rows];
        labels.AsSpan(reference.Rows).Fill(true);
        var folds = Math.Min(options.Folds, Math.Min(reference.Rows, current.Rows) / 2);
        var random = new SplitMix64((ulong)options.Seed);
        if (folds < 2)
        {
            return new DomainClassifierResult
            {
                Auc = double.NaN,
                StandardError = double.NaN,
                PValue = 1,
                Columns = [.. Enumerable.Range(0, pooled.Columns).Select(c => new DomainColumn(c, 0, double.NaN))],
            };
        }

        var foldOf = Folds(labels, folds, ref random);
        var (auc, error) = CrossValidate(pooled, labels, folds, foldOf, options.Classifier);
        var pValue = options.Permutations > 0
            ? PermutationPValue(pooled, labels, folds, options, auc, ref random)
            : ChainPValue(pooled, labels, folds, foldOf, options.Classifier);
        return new DomainClassifierResult
        {
            Auc = auc,
            StandardError = error,
            PValue = pValue,
            Columns = Columns(pooled, labels, options.Classifier.Fit(pooled, labels).ColumnImportance),
        };
    }

    private static (double Auc, double Error) CrossValidate(SampleMatrix rows, bool[] labels, int folds, int[] foldOf, IDomainClassifier classifier)
    {
        double area = 0, variance = 0;
        for (var fold = 0; fold < folds; fold++)
        {
            var held = fold;
            var found = Held(rows, labels, foldOf, classifier, learnFrom: f => f != held, held);
            area += found.Area / folds;
            variance += found.DeLongVariance / folds / folds;
        }

        return (area, Math.Sqrt(variance));
    }

    private static double ChainPValue(SampleMatrix rows, bool[] labels, int folds, int[] foldOf, IDomainClassifier classifier)
    {
        double area = 0, variance = 0;
        for (var fold = 1; fold < folds; fold++)
        {
            var held = fold;
            var found = Held(rows, labels, foldOf, classifier, learnFrom: f => f < held, held);
            area += found.Area / (folds - 1);
            variance += Math.Max(found.DeLongVariance, found.NullVariance) / (folds - 1) / (folds - 1);
        }

        return RocAuc.PValueGreater(area, variance);
    }

    private static (double Area, double DeLongVariance, double NullVariance) Held(
        SampleMatrix rows, bool[] labels, int[] foldOf, IDomainClassifier classifier, Func<int, bool> learnFrom, int held)
    {
        var (trainRows, trainLabels) = Select(rows, labels, foldOf, learnFrom);
        var (heldRows, heldLabels) = Select(rows, labels, foldOf, f => f == held);
        var scores = new double[heldLabels.Length];
        classifier.Fit(new SampleMatrix(trainRows, rows.Columns), trainLabels).Score(new SampleMatrix(heldRows, rows.Columns), scores);
        return RocAuc.Variances(scores, heldLabels);
    }

    private static double PermutationPValue(
        SampleMatrix rows, bool[] labels, int folds, DomainClassifierOptions options, double observed, ref SplitMix64 random)
    {
        var reached = 0;
        for (var p = 0; p < options.Permutations; p++)
        {
            var order = SampleRows.Shuffled(labels.Length, ref random);
            var relabelled = Array.ConvertAll(order, i => labels[i]);
            var foldOf = Folds(relabelled, folds, ref random);
            reached += CrossValidate(rows, relabelled, folds, foldOf, options.Classifier).Auc >= observed - 1e-12 ? 1 : 0;
        }

        return (1.0 + reached) / (1 + options.Permutations);
    }

    /// <summary>Deals the rows of each sample to the folds in turn, in a random order.</summary>
    private static int[] Folds(bool[] labels, int folds, ref SplitMix64 random)
    {
        var foldOf = new int[labels.Length];
        int current = 0, reference = 0;
        foreach (var i in SampleRows.Shuffled(labels.Length, ref random))
        {
            foldOf[i] = (labels[i] ? current++ : reference++) % folds;
        }

        return foldOf;
    }

    private static (double[] Rows, bool[] Labels) Select(SampleMatrix rows, bool[] labels, int[] foldOf, Func<int, bool> chosen)
    {
        var count = foldOf.Count(chosen);
        var selected = new double[count * rows.Columns];
        var selectedLabels = new bool[count];
        var next = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (chosen(foldOf[i]))
            {
                rows[i].CopyTo(selected.AsSpan(next * rows.Columns));
                selectedLabels[next++] = labels[i];
            }
        }

        return (selected, selectedLabels);
    }

    private static List<DomainColumn> Columns(SampleMatrix rows, bool[] labels, IReadOnlyList<double> importance)
    {
        var columns = new List<DomainColumn>(rows.Columns);
        var values = new double[rows.Rows];
        for (var c = 0; c < rows.Columns; c++)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = rows[i][c];
            }

            columns.Add(new DomainColumn(c, importance[c], RocAuc.Of(values, labels)));
        }

        return [.. columns.OrderByDescending(c => c.Importance)];
    }
}

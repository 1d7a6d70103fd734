namespace MlOps.Statistics;

/// <summary>The area under the ROC curve: the chance that a positive row scores above a negative one, ties counting half.</summary>
/// <remarks>Reference implementation: <c>sklearn.metrics.roc_auc_score</c>; by mid-ranks. NaN scores are left out; infinite ones rank as extremes.</remarks>
public static class RocAuc
{
    /// <summary>The area from any monotone scores; NaN unless both classes are present.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        PairedLabels.Check(probabilities, labels);
        var scores = new double[probabilities.Length];
        var positives = new bool[probabilities.Length];
        var rows = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (!double.IsNaN(probabilities[i]))
            {
                scores[rows] = probabilities[i];
                positives[rows++] = labels[i];
            }
        }

        Array.Sort(scores, positives, 0, rows);
        double positiveCount = 0, negativeCount = 0, wins = 0;
        for (var start = 0; start < rows;)
        {
            double tiedPositive = 0, tiedNegative = 0;
            var end = start;
            for (; end < rows && scores[end] == scores[start]; end++)
            {
                tiedPositive += positives[end] ? 1 : 0;
                tiedNegative += positives[end] ? 0 : 1;
            }

            wins += tiedPositive * (negativeCount + (tiedNegative / 2));
            positiveCount += tiedPositive;
            negativeCount += tiedNegative;
            start = end;
        }

        return positiveCount == 0 || negativeCount == 0 ? double.NaN : wins / (positiveCount * negativeCount);
    }
}

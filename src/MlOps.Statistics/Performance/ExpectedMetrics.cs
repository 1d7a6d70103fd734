namespace MlOps.Statistics;

/// <summary>
/// Metrics whose labels are known only as probabilities p: each label stands at its expectation in the metric's formula, and the gradient
/// says how the metric moves with each label, so that its variance over labels drawn from p follows by the delta method.
/// </summary>
internal sealed class ExpectedMetrics
{
    private readonly double[] _probabilities;
    private readonly bool[] _predictions;
    private readonly int[] _order;
    private readonly double[] _sorted;
    private readonly double _positives;
    private readonly double _predicted;

    /// <param name="scores">What ranks the rows.</param>
    /// <param name="probabilities">The probability that the row is positive.</param>
    /// <param name="predictions">What the model said.</param>
    public ExpectedMetrics(ReadOnlySpan<double> scores, double[] probabilities, bool[] predictions)
    {
        _probabilities = probabilities;
        _predictions = predictions;
        _order = new int[scores.Length];
        _sorted = scores.ToArray();
        for (var i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
            _positives += probabilities[i];
            _predicted += predictions[i] ? 1 : 0;
            TruePositives += predictions[i] ? probabilities[i] : 0;
        }

        Array.Sort(_sorted, _order);
    }

    public double TruePositives { get; }

    public double FalsePositives => _predicted - TruePositives;

    public double FalseNegatives => _positives - TruePositives;

    public double TrueNegatives => _order.Length - _predicted - FalseNegatives;

    public double Accuracy(Span<double> gradient) =>
        Ratio(TruePositives + TrueNegatives, _order.Length, gradient, whenPredicted: (1, 0), otherwise: (-1, 0));

    public double Precision(Span<double> gradient) => Ratio(TruePositives, _predicted, gradient, (1, 0), (0, 0));

    public double Recall(Span<double> gradient) => Ratio(TruePositives, _positives, gradient, (1, 1), (0, 1));

    public double Specificity(Span<double> gradient) => Ratio(TrueNegatives, _order.Length - _positives, gradient, (0, -1), (-1, -1));

    public double F1(Span<double> gradient) => Ratio(2 * TruePositives, _predicted + _positives, gradient, (2, 1), (0, 1));

    /// <summary>Σ p_i (1 - p_j) over pairs with i ranked above j, ties counting half, over Σ p · Σ (1 - p).</summary>
    public double RocAuc(Span<double> gradient)
    {
        double rows = _order.Length, negatives = rows - _positives;
        if (!(_positives > 0 && negatives > 0))
        {
            return double.NaN;
        }

        double wins = 0, positivesBelow = 0, negativesBelow = 0;
        for (int start = 0, end; start < _order.Length; start = end)
        {
            var (tied, groupEnd) = Group(start);
            end = groupEnd;
            double tiedNegatives = end - start - tied;
            var below = negativesBelow + (tiedNegatives / 2);
            wins += tied * below;
            for (var i = start; i < end; i++)
            {
                gradient[_order[i]] = below - (_positives - positivesBelow - (tied / 2));
            }

            positivesBelow += tied;
            negativesBelow += tiedNegatives;
        }

        var pairs = _positives * negatives;
        var area = wins / pairs;
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] = (gradient[i] - (area * (negatives - _positives))) / pairs;
        }

        return area;
    }

    /// <summary>Σ over thresholds of the rise in recall times the precision there.</summary>
    public double AveragePrecision(Span<double> gradient)
    {
        if (!(_positives > 0))
        {
            return double.NaN;
        }

        double sum = 0, positivesAbove = 0, later = 0;
        for (int end = _order.Length, start; end > 0; end = start)
        {
            (var tied, start) = GroupBackwards(end);
            positivesAbove += tied;
            double taken = _order.Length - start;
            sum += tied * positivesAbove / taken;
        }

        // From the lowest group up: a label adds its own group's precision, and counts in the precision of every group at or below its own.
        var average = sum / _positives;
        for (int start = 0, end; start < _order.Length; start = end)
        {
            var (tied, groupEnd) = Group(start);
            end = groupEnd;
            double taken = _order.Length - start;
            later += tied / taken;
            for (var i = start; i < end; i++)
            {
                gradient[_order[i]] = ((positivesAbove / taken) + later - average) / _positives;
            }

            positivesAbove -= tied;
        }

        return average;
    }

    /// <summary>numerator / denominator with each label's effect on both, by what the row was predicted as.</summary>
    private double Ratio(
        double numerator,
        double denominator,
        Span<double> gradient,
        (double Numerator, double Denominator) whenPredicted,
        (double Numerator, double Denominator) otherwise)
    {
        if (!(denominator > 0))
        {
            return double.NaN;
        }

        var ratio = numerator / denominator;
        for (var i = 0; i < gradient.Length; i++)
        {
            var effect = _predictions[i] ? whenPredicted : otherwise;
            gradient[i] = (effect.Numerator - (ratio * effect.Denominator)) / denominator;
        }

        return ratio;
    }

    private (double Positives, int End) Group(int start)
    {
        double positives = 0;
        var end = start;
        for (; end < _order.Length && _sorted[end] == _sorted[start]; end++)
        {
            positives += _probabilities[_order[end]];
        }

        return (positives, end);
    }

    private (double Positives, int Start) GroupBackwards(int end)
    {
        double positives = 0;
        var start = end;
        for (; start > 0 && _sorted[start - 1] == _sorted[end - 1]; start--)
        {
            positives += _probabilities[_order[start - 1]];
        }

        return (positives, start);
    }
}

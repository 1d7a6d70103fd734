using System.Runtime.Intrinsics;

namespace MlOps.Statistics;

/// <summary>Histogram gradient boosting with second-order splits, deterministic: no row or column is drawn.</summary>
/// <remarks>
/// Source: Friedman, "Greedy function approximation" (2001); Chen and Guestrin, "XGBoost" (2016), for the gain and the leaf value -G/(H +
/// λ). For the logistic loss g = p - y and h = p(1 - p); for the squared loss g = f - y and h = 1.
/// </remarks>
internal sealed class BoostedTrees
{
    private const double Shrinkage = 1;

    private readonly List<BoostedTree> _trees = [];
    private readonly double _start;

    private BoostedTrees(double start, int columns)
    {
        _start = start;
        Gain = new double[columns];
    }

    /// <summary>The sum of the gain of each column's splits.</summary>
    public double[] Gain { get; }

    public double Of(ReadOnlySpan<double> row)
    {
        var sum = _start;
        foreach (var tree in _trees)
        {
            sum += tree.Of(row);
        }

        return sum;
    }

    /// <param name="rows">The rows; NaN is missing.</param>
    /// <param name="targets">0 or 1 for the logistic loss, any finite number for the squared one.</param>
    /// <param name="logistic">Which loss.</param>
    /// <param name="shape">Trees, depth, learning rate and the least sum of second derivatives in a leaf.</param>
    public static BoostedTrees Fit(SampleMatrix rows, ReadOnlySpan<double> targets, bool logistic, TreeShape shape)
    {
        var mean = Moments.Of(targets).Mean;
        var share = Math.Clamp(mean, 1e-6, 1 - 1e-6);
        var model = new BoostedTrees(logistic ? Math.Log(share / (1 - share)) : mean, rows.Columns);
        var binned = new BinnedColumns(rows);
        var scores = new double[rows.Rows];
        Array.Fill(scores, model._start);
        var derivatives = new Vector128<double>[rows.Rows];
        var nodes = new byte[rows.Rows];
        for (var t = 0; t < shape.Trees; t++)
        {
            for (var i = 0; i < scores.Length; i++)
            {
                var p = logistic ? 1 / (1 + Math.Exp(-scores[i])) : scores[i];
                derivatives[i] = Vector128.Create(p - targets[i], logistic ? p * (1 - p) : 1);
            }

            if (!model.Grow(binned, derivatives, nodes, scores, shape))
            {
                break;
            }
        }

        return model;
    }

    private bool Grow(BinnedColumns binned, Vector128<double>[] derivatives, byte[] nodes, double[] scores, TreeShape shape)
    {
        var tree = new BoostedTree(shape.Depth);
        var anySplit = false;
        Array.Clear(nodes);
        for (var level = 0; level < shape.Depth; level++)
        {
            var splits = BestSplits(binned, derivatives, nodes, 1 << level, shape.LeastLeaf);
            for (var n = 0; n < splits.Length; n++)
            {
                var split = splits[n];
                anySplit |= split.Gain > 0;
                var threshold = split.Gain > 0 ? binned.UpperEdge(split.Column, split.Bin) : double.PositiveInfinity;
                tree.Split((1 << level) - 1 + n, split.Column, threshold);
                Gain[split.Column] += split.Gain;
            }

            for (var i = 0; i < nodes.Length; i++)
            {
                var split = splits[nodes[i]];
                nodes[i] = (byte)((2 * nodes[i]) + (split.Gain > 0 && binned[split.Column][i] > split.Bin ? 1 : 0));
            }
        }

        var sums = new Vector128<double>[1 << shape.Depth];
        for (var i = 0; i < nodes.Length; i++)
        {
            sums[nodes[i]] += derivatives[i];
        }

        var values = Array.ConvertAll(sums, sum => -shape.LearningRate * sum[0] / (sum[1] + Shrinkage));
        for (var leaf = 0; leaf < values.Length; leaf++)
        {
            tree.Leaf(leaf, values[leaf]);
        }

        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] += values[nodes[i]];
        }

        if (anySplit)
        {
            _trees.Add(tree);
        }

        return anySplit;
    }

    private static (double Gain, int Column, int Bin)[] BestSplits(
        BinnedColumns binned, Vector128<double>[] derivatives, byte[] nodes, int count, double leastLeaf)
    {
        var best = new (double Gain, int Column, int Bin)[count];
        var histogram = new Vector128<double>[count * BinnedColumns.Bins];
        for (var c = 0; c < binned.Columns; c++)
        {
            Array.Clear(histogram);
            var bins = binned[c];
            for (var i = 0; i < bins.Length; i++)
            {
                histogram[(nodes[i] * BinnedColumns.Bins) + bins[i]] += derivatives[i];
            }

            for (var n = 0; n < count; n++)
            {
                var own = histogram.AsSpan(n * BinnedColumns.Bins, BinnedColumns.Bins);
                var total = Vector128<double>.Zero;
                foreach (var bin in own)
                {
                    total += bin;
                }

                var left = Vector128<double>.Zero;
                for (var bin = 0; bin < binned.CountOf(c) - 1; bin++)
                {
                    left += own[bin];
                    var right = total - left;
                    var gain = Worth(left) + Worth(right) - Worth(total);
                    if (left[1] >= leastLeaf && right[1] >= leastLeaf && gain > best[n].Gain + 1e-9)
                    {
                        best[n] = (gain, c, bin);
                    }
                }
            }
        }

        return best;

        static double Worth(Vector128<double> sum) => sum[0] * sum[0] / (sum[1] + Shrinkage);
    }
}

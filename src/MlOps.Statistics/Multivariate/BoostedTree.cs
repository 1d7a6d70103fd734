namespace MlOps.Statistics;

/// <summary>
/// A complete binary tree of a fixed depth in an array: node k's children are 2k + 1 and 2k + 2. A node that does not split sends all to
/// the left.
/// </summary>
internal sealed class BoostedTree(int depth)
{
    private readonly int[] _columns = new int[(1 << depth) - 1];
    private readonly double[] _thresholds = new double[(1 << depth) - 1];
    private readonly double[] _leaves = new double[1 << depth];

    public void Split(int node, int column, double threshold)
    {
        _columns[node] = column;
        _thresholds[node] = threshold;
    }

    public void Leaf(int leaf, double value) => _leaves[leaf] = value;

    /// <summary>
    /// The leaf's value; a value at or below a threshold goes left, as a missing one does. At a threshold of NaN a missing one alone does.
    /// </summary>
    public double Of(ReadOnlySpan<double> row)
    {
        var node = 0;
        while (node < _columns.Length)
        {
            double value = row[_columns[node]], threshold = _thresholds[node];
            node = (2 * node) + (value > threshold || (double.IsNaN(threshold) && !double.IsNaN(value)) ? 2 : 1);
        }

        return _leaves[node - _columns.Length];
    }
}

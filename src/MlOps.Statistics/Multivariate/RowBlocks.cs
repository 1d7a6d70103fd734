namespace MlOps.Statistics;

/// <summary>
/// Rows in blocks that fit the first cache, each block column by column behind a column of ones, and no block of two folds.
/// </summary>
/// <remarks>What a fold leaves of its last block is zeros, the ones too: such rows add nothing to any sum of products.</remarks>
internal sealed class RowBlocks
{
    public const int Rows = 128;

    private readonly double[] _values;
    private readonly int[] _firstBlock;

    /// <param name="byColumn">All rows, column by column.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="members">The rows of each fold.</param>
    /// <param name="labels">The label of each row.</param>
    public RowBlocks(double[] byColumn, int columns, int[][] members, ReadOnlySpan<bool> labels)
    {
        var rows = byColumn.Length / columns;
        Width = SymmetricSum.Padded(columns + 1);
        _firstBlock = new int[members.Length + 1];
        for (var f = 0; f < members.Length; f++)
        {
            _firstBlock[f + 1] = _firstBlock[f] + ((members[f].Length + Rows - 1) / Rows);
        }

        _values = new double[_firstBlock[^1] * Width * Rows];
        Signs = new double[_firstBlock[^1] * Rows];
        for (var f = 0; f < members.Length; f++)
        {
            for (var start = 0; start < members[f].Length; start += Rows)
            {
                var chosen = members[f].AsSpan(start, Math.Min(Rows, members[f].Length - start));
                var block = _firstBlock[f] + (start / Rows);
                var values = _values.AsSpan(block * Width * Rows, Width * Rows);
                values[..chosen.Length].Fill(1);
                for (var c = 0; c < columns; c++)
                {
                    var from = byColumn.AsSpan(c * rows, rows);
                    var to = values.Slice((c + 1) * Rows, chosen.Length);
                    for (var i = 0; i < to.Length; i++)
                    {
                        to[i] = from[chosen[i]];
                    }
                }

                for (var i = 0; i < chosen.Length; i++)
                {
                    Signs[(block * Rows) + i] = labels[chosen[i]] ? 1 : -1;
                }
            }
        }
    }

    /// <summary>The columns of a block: the ones, the rows' own, and zeros up to whole tiles.</summary>
    public int Width { get; }

    public int Folds => _firstBlock.Length - 1;

    /// <summary>For each row of each block 1 for a true label, -1 for a false one, 0 where there is no row.</summary>
    public double[] Signs { get; }

    public Range BlocksOf(int fold) => _firstBlock[fold].._firstBlock[fold + 1];

    public ReadOnlySpan<double> this[int block] => _values.AsSpan(block * Width * Rows, Width * Rows);
}

using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>What the multivariate statistics do to rows before they compute.</summary>
internal static class SampleRows
{
    // Written in whole cache lines while the rows read are still in the first cache.
    private const int TransposedRows = 32;

    public static void CheckColumns(SampleMatrix reference, SampleMatrix current)
    {
        if (reference.Columns == 0 || reference.Columns != current.Columns)
        {
            throw new ArgumentException(
                $"The reference has {reference.Columns} columns and the current rows have {current.Columns}; "
                + "give both the same columns in the same order.",
                nameof(current));
        }
    }

    /// <summary>Copies the rows without NaN, infinities as the largest finite numbers, so that two equal ones have distance 0.</summary>
    public static double[] Complete(SampleMatrix sample)
    {
        var copy = new double[sample.Values.Length];
        var end = 0;
        for (var i = 0; i < sample.Rows; i++)
        {
            var row = sample[i];
            var complete = true;
            for (var c = 0; c < row.Length; c++)
            {
                complete &= !double.IsNaN(row[c]);
                copy[end + c] = Math.Clamp(row[c], double.MinValue, double.MaxValue);
            }

            end += complete ? row.Length : 0;
        }

        Array.Resize(ref copy, end);
        return copy;
    }

    /// <summary>All values of the first column, then those of the second, and so on.</summary>
    public static double[] ByColumn(SampleMatrix sample)
    {
        int rows = sample.Rows, columns = sample.Columns;
        var byColumn = new double[sample.Values.Length];
        for (var start = 0; start < rows; start += TransposedRows)
        {
            var count = Math.Min(TransposedRows, rows - start);
            var block = sample.Values.Slice(start * columns, count * columns);
            for (var c = 0; c < columns; c++)
            {
                var column = byColumn.AsSpan((c * rows) + start, count);
                for (int i = 0, at = c; i < column.Length; i++, at += columns)
                {
                    column[i] = block[at];
                }
            }
        }

        return byColumn;
    }

    /// <summary>Chosen rows' values of the first column, then of the second, and so on.</summary>
    public static double[] ByColumn(SampleMatrix sample, ReadOnlySpan<int> chosen)
    {
        var columns = sample.Columns;
        var byColumn = new double[chosen.Length * columns];
        for (var start = 0; start < chosen.Length; start += TransposedRows)
        {
            var rows = chosen.Slice(start, Math.Min(TransposedRows, chosen.Length - start));
            for (var c = 0; c < columns; c++)
            {
                var column = byColumn.AsSpan((c * chosen.Length) + start, rows.Length);
                for (var i = 0; i < column.Length; i++)
                {
                    column[i] = sample.Values[(rows[i] * columns) + c];
                }
            }
        }

        return byColumn;
    }

    /// <summary>The numbers from 0 in a seeded random order (Fisher–Yates).</summary>
    public static int[] Shuffled(int count, ref SplitMix64 random)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }

        for (var i = count - 1; i > 0; i--)
        {
            var pick = random.Below(i + 1);
            (order[i], order[pick]) = (order[pick], order[i]);
        }

        return order;
    }
}

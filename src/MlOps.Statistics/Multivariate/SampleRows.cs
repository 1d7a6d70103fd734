using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>What the multivariate statistics do to rows before they compute.</summary>
internal static class SampleRows
{
    public static void CheckColumns(SampleMatrix reference, SampleMatrix current)
    {
        if (reference.Columns == 0 || reference.Columns != current.Columns)
        {
            throw new ArgumentException(
                $"The reference has {reference.Columns} columns and the current rows have {current.Columns}; give both the same columns in the same order.",
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

using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The sign-flip permutation test on paired losses, by blocks of rows that belong together (days, customers).</summary>
/// <remarks>
/// Rows of one day share their luck: flipping whole blocks keeps that dependence, where a test by row would claim certainty that is not
/// there. With b blocks no two-sided p-value below 2 / 2^b is possible. Source: Fisher's randomisation test; Good, "Permutation,
/// Parametric and Bootstrap Tests of Hypotheses" (2005). A Monte Carlo p-value counts the observed pattern too, so that it is never 0.
/// </remarks>
public static class PairedPermutation
{
    private const int MaximumExactBlocks = 30;

    /// <summary>Compares the losses of two models on the same rows.</summary>
    /// <param name="lossA">The loss of model A (the champion) on each row; NaN leaves the row out.</param>
    /// <param name="lossB">The loss of model B (the challenger) on the same rows; NaN leaves the row out.</param>
    /// <param name="blocks">The block of each row, any integers; empty makes each row its own block.</param>
    /// <param name="permutations">The number of random sign patterns and of bootstrap samples; all 2^blocks patterns are enumerated where
    /// that is no more.</param>
    /// <param name="seed">The seed of both; equal arguments give equal results.</param>
    /// <returns>With no row the difference and its interval are NaN and every p-value is 1. The percentile interval is too narrow below
    /// about 10 blocks.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static PairedComparison Test(
        ReadOnlySpan<double> lossA, ReadOnlySpan<double> lossB, ReadOnlySpan<int> blocks, int permutations = 10_000, int seed = 0)
    {
        if (lossA.Length != lossB.Length || (blocks.Length != 0 && blocks.Length != lossA.Length))
        {
            throw new ArgumentException(
                $"A has {lossA.Length} losses, B has {lossB.Length} and there are {blocks.Length} block labels; "
                + "give one of each per row.",
                nameof(lossB));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(permutations, 1);
        var (sums, sizes, rows) = BlockSums(lossA, lossB, blocks);
        if (rows == 0)
        {
            return new PairedComparison
            {
                MeanDifference = double.NaN,
                Lower = double.NaN,
                Upper = double.NaN,
                PValue = 1,
                PValueGreater = 1,
                PValueLess = 1,
                Rows = 0,
                Blocks = 0,
                Permutations = 0,
                IsExact = true,
            };
        }

        var observed = sums.Sum();
        var tolerance = 1e-12 * sums.Sum(Math.Abs);
        var exact = sums.Length <= MaximumExactBlocks && 1L << sums.Length <= permutations;
        var random = new SplitMix64((ulong)seed);
        var count = exact ? Enumerate(sums, observed, tolerance) : Sample(sums, observed, tolerance, permutations, ref random);
        var (lower, upper) = Bootstrap(sums, sizes, permutations, ref random);
        return new PairedComparison
        {
            MeanDifference = observed / rows,
            Lower = lower,
            Upper = upper,
            PValue = (double)count.Both / count.Patterns,
            PValueGreater = (double)count.Greater / count.Patterns,
            PValueLess = (double)count.Less / count.Patterns,
            Rows = rows,
            Blocks = sums.Length,
            Permutations = count.Patterns,
            IsExact = exact,
        };
    }

    private static (double[] Sums, double[] Sizes, long Rows) BlockSums(
        ReadOnlySpan<double> lossA, ReadOnlySpan<double> lossB, ReadOnlySpan<int> blocks)
    {
        var positions = new Dictionary<int, int>();
        var sums = new List<double>();
        var sizes = new List<double>();
        long rows = 0;
        for (var i = 0; i < lossA.Length; i++)
        {
            var difference = lossA[i] - lossB[i];
            if (double.IsNaN(difference))
            {
                continue;
            }

            var block = blocks.Length == 0 ? i : blocks[i];
            if (!positions.TryGetValue(block, out var position))
            {
                position = sums.Count;
                positions.Add(block, position);
                sums.Add(0);
                sizes.Add(0);
            }

            sums[position] += difference;
            sizes[position]++;
            rows++;
        }

        return ([.. sums], [.. sizes], rows);
    }

    private static SignCount Enumerate(double[] sums, double observed, double tolerance)
    {
        var count = default(SignCount);
        for (var pattern = 0L; pattern < 1L << sums.Length; pattern++)
        {
            var total = 0.0;
            for (var b = 0; b < sums.Length; b++)
            {
                total += (pattern >> b & 1) == 0 ? sums[b] : -sums[b];
            }

            count.Add(total, observed, tolerance);
        }

        return count;
    }

    private static SignCount Sample(double[] sums, double observed, double tolerance, int permutations, ref SplitMix64 random)
    {
        var count = default(SignCount);
        count.Add(observed, observed, tolerance);
        for (var i = 0; i < permutations; i++)
        {
            var total = 0.0;
            ulong bits = 0;
            for (var b = 0; b < sums.Length; b++)
            {
                bits = b % 64 == 0 ? random.Next() : bits >> 1;
                total += (bits & 1) == 0 ? sums[b] : -sums[b];
            }

            count.Add(total, observed, tolerance);
        }

        return count;
    }

    private static (double Lower, double Upper) Bootstrap(double[] sums, double[] sizes, int samples, ref SplitMix64 random)
    {
        var means = new double[samples];
        for (var i = 0; i < samples; i++)
        {
            double sum = 0, size = 0;
            for (var b = 0; b < sums.Length; b++)
            {
                var pick = random.Below(sums.Length);
                sum += sums[pick];
                size += sizes[pick];
            }

            means[i] = sum / size;
        }

        Array.Sort(means);
        return (Quantile(means, 0.025), Quantile(means, 0.975));
    }

    private static double Quantile(double[] sorted, double p)
    {
        var position = p * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }

    private struct SignCount
    {
        public int Patterns;
        public int Greater;
        public int Less;
        public int Both;

        public void Add(double total, double observed, double tolerance)
        {
            Patterns++;
            Greater += total >= observed - tolerance ? 1 : 0;
            Less += total <= observed + tolerance ? 1 : 0;
            Both += Math.Abs(total) >= Math.Abs(observed) - tolerance ? 1 : 0;
        }
    }
}

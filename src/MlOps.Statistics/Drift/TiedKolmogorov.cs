using System.Numerics.Tensors;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The p-value of the Kolmogorov–Smirnov distance given how the values are tied.</summary>
/// <remarks>
/// <para>
/// The usual p-value takes the values as distinct and is far too large where they are not: with 5 values, a nominal 5 % is 1 %. Given the
/// ties, the number of reference rows among the least t pooled rows is a hypergeometric walk that is seen at the end of each tie alone. Its
/// chance to stay within the bound is computed by convolution with binomial steps, divided by the chance that the free walk ends where it
/// must: exact up to 60,000 rows; beyond, the walk is taken at 60,000 rows with the distance scaled by the root of the effective size.
/// </para>
/// <para>
/// Between the edges of cells that hold several values the walk is not seen, so its largest distance is missed by a little: by the
/// continuity correction for barriers watched now and then (Broadie, Glasserman and Kou 1997), 0.5826 times the root of a cell's share, in
/// roots of the effective size. Without it a nominal 5 % is 4.5 % with 1,024 cells.
/// </para>
/// </remarks>
internal static class TiedKolmogorov
{
    private const long MaximumRows = 60_000;

    /// <summary>Below it the usual p-value, which is never too small, serves: a difference from 1 has no digits left there.</summary>
    private const double SmallEnough = 1e-9;

    /// <summary>
    /// Beyond it the exact distribution of untied values costs more than it is worth; the finite-sample limit agrees to three digits there.
    /// </summary>
    private const int ExactLimit = 2_000;

    /// <summary>How far a walk watched at steps of length 1 goes past what is seen of it, in the mean: -ζ(1/2) / √(2π).</summary>
    private const double Overshoot = 0.5825971579390106;

    /// <summary>P(D >= distance) given the pooled counts of cells, in order, and which of them hold rows that are tied.</summary>
    public static double PValue(double distance, long n, long m, ReadOnlySpan<long> totals, ReadOnlySpan<bool> ties)
    {
        if (Math.Max(n, m) > ExactLimit && distance > 0)
        {
            distance = Math.Min(1, distance + Unseen(n, m, totals, ties));
        }

        var plain = KolmogorovSmirnov.PValue(distance, n, m, ExactLimit);
        if (plain < SmallEnough || distance <= 0 || !ties.Contains(true))
        {
            return plain;
        }

        var rows = n + m;
        if (rows <= MaximumRows)
        {
            return Math.Min(plain, Outside(n, m, Math.Round(distance * n * m) - 0.5, totals, ties, 1));
        }

        var scale = (double)MaximumRows / rows;
        var fewer = Math.Max(1, (long)Math.Round(n * scale));
        var others = MaximumRows - fewer;
        var effective = (double)n / rows * m;
        var scaled = distance * Math.Sqrt(effective / ((double)fewer * others / MaximumRows));
        return Math.Min(plain, Outside(fewer, others, (scaled * fewer * others) - (MaximumRows / 2.0), totals, ties, scale));
    }

    /// <summary>What the largest distance loses between the edges of cells, beyond what it loses between rows.</summary>
    private static double Unseen(long n, long m, ReadOnlySpan<long> totals, ReadOnlySpan<bool> ties)
    {
        double rows = n + m, sum = 0, squares = 0;
        for (var i = 0; i < totals.Length; i++)
        {
            var share = ties[i] || totals[i] < 2 ? 0 : totals[i] / rows;
            sum += share;
            squares += share * share;
        }

        return sum == 0 ? 0 : Overshoot * (Math.Sqrt(squares / sum) - Math.Sqrt(1 / rows)) / Math.Sqrt(n * (m / rows));
    }

    private static double Outside(long n, long m, double bound, ReadOnlySpan<long> totals, ReadOnlySpan<bool> ties, double scale)
    {
        if (bound < 0)
        {
            return 1;
        }

        var rows = n + m;
        double share = (double)n / rows, seen = 0;
        var width = (int)Math.Min(n + 1, (long)(2 * bound / rows) + 3);
        double[] inside = new double[width], next = new double[width];
        inside[0] = 1;
        var single = Kernel(1, share);
        long low = 0, high = 0, before = 0;
        var last = totals.LastIndexOfAnyExcept(0L);
        for (var k = 0; k <= last; k++)
        {
            seen += totals[k];
            var end = k == last ? rows : Math.Min(rows, (long)Math.Round(seen * scale));
            while (before < end)
            {
                var after = ties[k] ? end : before + 1;
                var (first, kernel) = after - before == 1 ? single : Kernel(after - before, share);
                var middle = (double)n * after;
                var nextLow = Math.Max(Math.Max(0, after - m), (long)Math.Ceiling((middle - bound) / rows));
                var nextHigh = Math.Min(Math.Min(n, after), (long)Math.Floor((middle + bound) / rows));
                if (nextHigh < nextLow)
                {
                    return 1;
                }

                var target = next.AsSpan(0, (int)(nextHigh - nextLow + 1));
                target.Clear();
                Convolve(inside.AsSpan(0, (int)(high - low + 1)), low + first, kernel, target, nextLow);
                (inside, next, low, high, before) = (next, inside, nextLow, nextHigh, after);
            }
        }

        return Math.Clamp(1 - (inside[(int)(n - low)] / Beta.Binomial(n, rows, share, 1 - share)), 0, 1);
    }

    private static void Convolve(Span<double> states, long offset, double[] kernel, Span<double> target, long targetLow)
    {
        Span<double> shorter = states.Length < kernel.Length ? states : kernel, longer = states.Length < kernel.Length ? kernel : states;
        for (var i = 0; i < shorter.Length; i++)
        {
            var at = offset + i - targetLow;
            var start = (int)Math.Max(0, -at);
            var length = (int)Math.Min(longer.Length, target.Length - at) - start;
            if (length > 0)
            {
                var part = target.Slice((int)(at + start), length);
                TensorPrimitives.MultiplyAdd(longer.Slice(start, length), shorter[i], part, part);
            }
        }
    }

    /// <summary>Binomial probabilities of a step, to nine standard deviations.</summary>
    private static (long First, double[] Values) Kernel(long step, double share)
    {
        var mean = step * share;
        var reach = (9 * Math.Sqrt(mean * (1 - share))) + 6;
        long first = (long)Math.Max(0, Math.Floor(mean - reach)), last = (long)Math.Min(step, Math.Ceiling(mean + reach));
        var values = new double[last - first + 1];
        var mode = (long)Math.Clamp(Math.Floor((step + 1) * share), first, last);
        values[mode - first] = Beta.Binomial(mode, step, share, 1 - share);
        var odds = share / (1 - share);
        for (var j = mode + 1; j <= last; j++)
        {
            values[j - first] = values[j - first - 1] * odds * (step - j + 1) / j;
        }

        for (var j = mode - 1; j >= first; j--)
        {
            values[j - first] = values[j - first + 1] / odds * (j + 1) / (step - j);
        }

        return (first, values);
    }
}

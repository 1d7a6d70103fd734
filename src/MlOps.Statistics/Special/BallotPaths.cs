using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace MlOps.Statistics.Special;

/// <summary>
/// How often a random order of two samples takes their empirical distribution functions apart: the exact two-sample Kolmogorov–Smirnov law.
/// </summary>
/// <remarks>
/// An order is a lattice path from (0, 0) to (n, m); it counts if it reaches the edges of the band |x/n - y/m| &lt; h/lcm. Source: Hodges,
/// "The significance probability of the Smirnov two-sample test" (1958).
/// </remarks>
internal static class BallotPaths
{
    /// <summary>log of the share of orders in which the samples do not overlap: two of all.</summary>
    public static double LogSeparate(double n, double m)
    {
        double few = Math.Min(n, m), many = Math.Max(n, m), all = n + m, p = few / all;
        var logAll = Beta.LogBinomial(few, all, p, many / all) - (few * Math.Log(p)) - (many * Logarithm.OfComplement(p));
        return Math.Min(0, Math.Log(2) - logAll);
    }

    /// <summary>log of the share of paths to (n, n) that reach |x - y| = h, by reflection.</summary>
    public static double LogOutsideSquare(long n, long h)
    {
        // Σ ±C(2n, n - kh), from the farthest reflection inwards; each product is the ratio of two neighbours.
        var rest = 0.0;
        for (var k = n / h; k >= 1; k--)
        {
            var product = 1.0;
            for (var j = 0L; j < h && product > 0; j++)
            {
                product = (n - (k * h) - j) * product / (n + (k * h) + j + 1);
            }

            rest = product * (1 - rest);
        }

        return Math.Log(2) + Beta.LogBinomial(n - h, 2 * n, 0.5, 0.5) - Beta.LogBinomial(n, 2 * n, 0.5, 0.5) + Logarithm.OfOnePlus(-rest);
    }

    /// <summary>log of the share of paths to (n, m) that reach an edge of the band.</summary>
    /// <remarks>
    /// The share of paths to a point that stayed inside is a mean of its two predecessors', weighted by their coordinates; it is found an
    /// antidiagonal at a time. What leaves the band at a point is that share times the probability that a path goes through the point and
    /// on across the edge. All terms are positive, and those probabilities have logarithms, so a tail of any depth keeps its digits.
    /// </remarks>
    public static double LogOutsideBand(long n, long m, long divisor, long h)
    {
        // y counts the values of the smaller sample: its range is the length of an antidiagonal.
        (n, m) = (Math.Max(n, m), Math.Min(n, m));
        long perX = m / divisor, perY = n / divisor;
        var rented = ArrayPool<double>.Shared.Rent((int)m + 2);

        // inside[y + 1] belongs to y; the cells below and above the band are zero.
        var inside = rented.AsSpan(0, (int)m + 2);
        inside.Clear();
        inside[1] = 1;
        var outside = new LogSum();
        var coordinates = new Crossing(n, m);
        long low = 0, high = 0;
        for (var steps = 0L; steps < n + m; steps++)
        {
            if (steps > 0)
            {
                var top = Math.Min(Math.Min(m, steps), FloorDivide((perX * steps) + h - 1, perX + perY));
                var bottom = Math.Max(Math.Max(0, steps - n), FloorDivide((perX * steps) - h, perX + perY) + 1);
                if (bottom > top)
                {
                    break;
                }

                Advance(inside, (int)bottom, (int)top, steps);
                for (; low < bottom; low++)
                {
                    inside[(int)low + 1] = 0;
                }

                high = top;
            }

            if (high < m && (perY * (high + 1)) - (perX * (steps - high)) >= h)
            {
                outside.Add(inside[(int)high + 1], coordinates.LogUp(steps, high));
            }

            if (steps - low < n && (perX * (steps - low + 1)) - (perY * low) >= h)
            {
                outside.Add(inside[(int)low + 1], coordinates.LogAcross(steps, low));
            }
        }

        ArrayPool<double>.Shared.Return(rented);
        return outside.Value;
    }

    /// <summary>
    /// inside(y) = (x · inside(y) + y · inside(y - 1)) / steps with x = steps - y, from the top down so that nothing is read after it is
    /// written.
    /// </summary>
    private static void Advance(Span<double> inside, int bottom, int top, long steps)
    {
        ref var cells = ref MemoryMarshal.GetReference(inside);
        var width = Vector<double>.Count;
        var all = new Vector<double>(steps);
        var y = top;
        for (; y - width + 1 >= bottom; y -= width)
        {
            var first = (nuint)(y - width + 1);
            var rows = Vector<double>.Indices + new Vector<double>(first);
            var before = Vector.LoadUnsafe(ref cells, first);
            var here = Vector.LoadUnsafe(ref cells, first + 1);
            ((((all - rows) * here) + (rows * before)) / all).StoreUnsafe(ref cells, first + 1);
        }

        for (; y >= bottom; y--)
        {
            inside[y + 1] = (((steps - y) * inside[y + 1]) + (y * inside[y])) / steps;
        }
    }

    private static long FloorDivide(long a, long b) => (a / b) - (a % b < 0 ? 1 : 0);

    /// <summary>The probabilities that a random path makes one given step.</summary>
    private readonly struct Crossing(double n, double m)
    {
        private readonly double _p = m / (n + m);
        private readonly double _q = n / (n + m);
        private readonly double _whole = Beta.LogBinomial(m, n + m, m / (n + m), n / (n + m));

        public double LogUp(double steps, double y) => LogThrough(steps, y) + Math.Log((m - y) / (n + m - steps));

        public double LogAcross(double steps, double y) => LogThrough(steps, y) + Math.Log((n - steps + y) / (n + m - steps));

        private double LogThrough(double steps, double y) => (steps == 0 ? 0 : Beta.LogBinomial(y, steps, _p, _q))
            + Beta.LogBinomial(m - y, n + m - steps, _p, _q) - _whole;
    }

    /// <summary>The logarithm of a sum of positive terms, each given as a share and a logarithm.</summary>
    private struct LogSum
    {
        private double _scaled;
        private double _largest;

        public LogSum() => _largest = double.NegativeInfinity;

        public readonly double Value => Math.Log(_scaled) + _largest;

        public void Add(double share, double log)
        {
            if (log > _largest)
            {
                _scaled *= Math.Exp(_largest - log);
                _largest = log;
            }

            _scaled += share * Math.Exp(log - _largest);
        }
    }
}

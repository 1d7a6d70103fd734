using FsCheck;
using FsCheck.Xunit;

namespace MlOps.Statistics.Tests.Kernels;

public sealed class PooledStatisticsTests
{
    [Fact]
    public void Statistics_of_every_length_to_256_follow_their_definitions()
    {
        for (var length = 1; length <= 256; length++)
        {
            var x = HardValues.FiniteOfLength(length, (ulong)length);
            var y = HardValues.FiniteOfLength((length * 7 % 64) + 1, (ulong)length + 1000);
            double[] a = [.. x.Where(v => !double.IsNaN(v))], b = [.. y.Where(v => !double.IsNaN(v))];
            if (a.Length == 0 || b.Length == 0)
            {
                Assert.Equal(double.NaN, Wasserstein.Between(x, y));
                Assert.Equal(TestResult.Undefined, CramerVonMises.Test(x, y));
                continue;
            }

            double[] pool = [.. a.Concat(b).Distinct().Order()];
            double largest = 0, area = 0, squared = 0, u = 0, excess = 0;
            for (var i = 0; i < pool.Length; i++)
            {
                var gap = Math.Abs((a.Count(v => v <= pool[i]) / (double)a.Length) - (b.Count(v => v <= pool[i]) / (double)b.Length));
                var step = i + 1 < pool.Length ? pool[i + 1] - pool[i] : 0;
                largest = Math.Max(largest, gap);
                area += gap * step;
                squared += gap * gap * step;
            }

            foreach (var value in a)
            {
                u += b.Count(v => v < value) + (b.Count(v => v == value) / 2.0);
            }

            excess += a.Length * SquaredRankDifferences(a, b);
            excess += b.Length * SquaredRankDifferences(b, a);
            double product = (double)a.Length * b.Length, total = a.Length + b.Length;
            Assert.Equal(largest, KolmogorovSmirnov.Test(x, y).Statistic, 1e-13);
            Assert.Equal(u, MannWhitney.Test(x, y).Statistic);
            Assert.Equal((excess / (product * total)) - (((4 * product) - 1) / (6 * total)), CramerVonMises.Test(x, y, PValueMethod.Asymptotic).Statistic, 1e-9);
            Assert.Equal(area, Wasserstein.Between(x, y), 1e-12 * (1 + area));
            Assert.Equal(Math.Sqrt(2 * squared), EnergyDistance.Between(x, y), 1e-12 * (1 + area));
        }
    }

    [Property]
    public bool Rank_statistics_are_symmetric_and_ignore_shift_and_scale(NormalFloat[] left, NormalFloat[] right, sbyte exponent)
    {
        // Whole numbers keep their order and their differences exactly under a power of two and a whole shift.
        double[] x = [.. left.Select(v => Math.Round(v.Get % 1000))], y = [.. right.Select(v => Math.Round(v.Get % 1000))];
        var scale = Math.ScaleB(1, exponent);
        double[] a = [.. x.Select(v => (v + 77) * scale)], b = [.. y.Select(v => (v + 77) * scale)];
        var products = (double)x.Length * y.Length;
        return KolmogorovSmirnov.Test(x, y) == KolmogorovSmirnov.Test(a, b)
            && KolmogorovSmirnov.Test(x, y).Statistic.Equals(KolmogorovSmirnov.Test(y, x).Statistic)
            && CramerVonMises.Test(x, y, PValueMethod.Asymptotic) == CramerVonMises.Test(b, a, PValueMethod.Asymptotic)
            && MannWhitney.Test(x, y) == MannWhitney.Test(a, b)
            && (products == 0 || MannWhitney.Test(x, y).Statistic + MannWhitney.Test(y, x).Statistic == products)
            && Near(Wasserstein.Between(x, y) * scale, Wasserstein.Between(b, a))
            && Near(EnergyDistance.Between(x, y) * Math.Sqrt(scale), EnergyDistance.Between(b, a))
            && PopulationStabilityIndex.Between(x, y).Equals(PopulationStabilityIndex.Between(a, b));
    }

    [Fact]
    public void Infinities_are_extreme_values_and_one_of_1e308_does_not_move_a_rank_statistic()
    {
        var x = new Draws(3).Normals(500);
        var y = new Draws(4).Normals(500, mean: 0.3);
        double[] ordinary = [.. y, 10], extreme = [.. y, 1e308], infinite = [.. y, double.PositiveInfinity];
        Assert.Equal(KolmogorovSmirnov.Test(x, ordinary), KolmogorovSmirnov.Test(x, extreme));
        Assert.Equal(KolmogorovSmirnov.Test(x, ordinary), KolmogorovSmirnov.Test(x, infinite));
        Assert.Equal(CramerVonMises.Test(x, ordinary), CramerVonMises.Test(x, infinite));
        Assert.Equal(MannWhitney.Test(x, ordinary), MannWhitney.Test(x, infinite));
        Assert.Equal(PopulationStabilityIndex.Between(x, ordinary), PopulationStabilityIndex.Between(x, extreme));
        Assert.Equal(double.PositiveInfinity, Wasserstein.Between(x, infinite));
        Assert.Equal(double.PositiveInfinity, EnergyDistance.Between(x, infinite));
        Assert.Equal(0, Wasserstein.Between(infinite, infinite));
    }

    [Fact]
    public void The_exact_mann_whitney_p_counts_all_arrangements()
    {
        // 3 v 4 values: 35 arrangements; U = 0 and U = 12 have one each, U = 1 and U = 11 too.
        Assert.Equal(2 / 35.0, MannWhitney.Test([1, 2, 3.0], [4, 5, 6, 7.0]).PValue, 1e-15);
        Assert.Equal(4 / 35.0, MannWhitney.Test([1, 2, 4.0], [3, 5, 6, 7.0]).PValue, 1e-15);
    }

    [Fact]
    public void The_energy_test_holds_its_level_and_sees_a_shift()
    {
        var rejections = Enumerable.Range(1, 100).Count(seed => EnergyDistance.Test(
            new Draws((ulong)seed).Normals(30), new Draws((ulong)seed + 500).Normals(20), permutations: 99, seed).PValue <= 0.05);
        Assert.InRange(rejections, 0, 12);
        Assert.Equal(0.01, EnergyDistance.Test(new Draws(1).Normals(50), new Draws(2).Normals(50, mean: 2), 99, seed: 1).PValue);
        Assert.Equal(1, EnergyDistance.Test([1, 2, 3.0], [1, 2, 3.0], 99, seed: 1).PValue);
    }

    [Fact]
    public void Nothing_is_allocated_beyond_the_pool()
    {
        var x = new Draws(5).Normals(20_000);
        var y = new Draws(6).Normals(20_000);
        double[] edges = [-1, 0, 1];
        var counts = new long[4];
        Work();
        Work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Work()
        {
            KolmogorovSmirnov.Test(x, y);
            MannWhitney.Test(x, y);
            CramerVonMises.Test(x, y);
            Wasserstein.Between(x, y);
            EnergyDistance.Between(x, y);
            PopulationStabilityIndex.Between(x, y);
            Histogram.Count(x, edges, counts);
            Histogram.CountUniform(x, -1, 1, counts);
            Moments.Of(x);
        }
    }

    private static double SquaredRankDifferences(double[] own, double[] other)
    {
        double[] sorted = [.. own.Order()];
        var sum = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var value = sorted[i];
            var below = own.Count(v => v < value) + other.Count(v => v < value);
            var tied = own.Count(v => v == value) + other.Count(v => v == value);
            sum += Math.Pow(below + ((tied + 1) / 2.0) - (i + 1), 2);
        }

        return sum;
    }

    private static bool Near(double a, double b) => a.Equals(b) || Math.Abs(a - b) <= 1e-12 * Math.Abs(a);
}

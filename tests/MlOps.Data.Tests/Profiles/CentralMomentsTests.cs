using FsCheck.Xunit;
using MlOps.Data.Profiles;

namespace MlOps.Data.Tests.Profiles;

public sealed class CentralMomentsTests
{
    [Fact]
    public void Moments_of_every_length_are_those_of_the_plain_formulas_with_NaN_passed_over()
    {
        var random = new Random(1);
        for (var length = 0; length <= 256; length++)
        {
            double[] values =
                [.. Enumerable.Range(0, length).Select(i => i % 7 == 3 ? double.NaN : 1e6 + (random.NextDouble() * random.NextDouble()))];
            double[] present = [.. values.Where(value => !double.IsNaN(value))];
            var moments = CentralMoments.Of(values);
            Assert.Equal(present.Length, moments.Count);
            if (present.Length < 3)
            {
                continue;
            }

            var mean = present.Average();
            double Sum(int power) => present.Sum(value => Math.Pow(value - mean, power));
            Assert.Equal(mean, moments.Mean, 1e-6);
            Assert.Equal(Sum(2) / (present.Length - 1), moments.Variance, 1e-9);
            Assert.Equal(Math.Sqrt(present.Length) * Sum(3) / Math.Pow(Sum(2), 1.5), moments.Skewness, 1e-5);
            Assert.Equal((present.Length * Sum(4) / (Sum(2) * Sum(2))) - 3, moments.Kurtosis, 1e-5);
        }
    }

    [Fact]
    public void Skewness_and_kurtosis_are_those_of_SciPy()
    {
        // scipy.stats.skew([1, 2, 3, 4, 10]), scipy.stats.kurtosis([1, 2, 3, 4, 10])
        var moments = CentralMoments.Of([1, 2, 3, 4, 10]);
        Assert.Equal(1.1384199576606166, moments.Skewness, 1e-12);
        Assert.Equal(-0.21200000000000019, moments.Kurtosis, 1e-12);
    }

    [Property]
    public void Parts_add_up_to_the_whole_however_they_are_grouped(int[] first, int[] second, int[] third)
    {
        CentralMoments Of(params int[][] parts) => CentralMoments.Of([.. parts.SelectMany(part => part).Select(value => value / 7.0)]);
        var left = Of(first).Merge(Of(second)).Merge(Of(third));
        var right = Of(first).Merge(Of(second).Merge(Of(third)));
        foreach (var (expected, actual) in new[] { (Of(first, second, third), left), (left, right) })
        {
            Assert.Equal((expected.Count, expected.Minimum, expected.Maximum), (actual.Count, actual.Minimum, actual.Maximum));
            Close(expected.Mean, actual.Mean);
            Close(expected.Second, actual.Second);
            Close(expected.Third, actual.Third, Math.Pow(Math.Max(expected.Second, 1), 1.5));
            Close(expected.Fourth, actual.Fourth);
        }

        static void Close(double expected, double actual, double scale = 1) =>
            Assert.True(Math.Abs(expected - actual) <= 1e-9 * Math.Max(Math.Max(1, scale), Math.Abs(expected)), $"{expected} {actual}");
    }
}

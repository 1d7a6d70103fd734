namespace MlOps.Statistics.Tests.Formulas;

public sealed class MetricTests
{
    [Fact]
    public void Metrics_follow_their_formulas_and_leave_missing_predictions_out()
    {
        var draws = new Draws(21);
        for (var trial = 0; trial < 50; trial++)
        {
            var count = 2 + draws.Below(200);
            double[] known = [.. Enumerable.Range(0, count).Select(_ => Math.Round(draws.Uniform(), 2))];
            bool[] labels = [.. Enumerable.Range(0, count).Select(i => i == 0 || (i > 1 && draws.Below(2) == 0))];
            double wins = 0, pairs = 0, loss = 0, brier = 0;
            for (var i = 0; i < count; i++)
            {
                var p = Math.Clamp(labels[i] ? known[i] : 1 - known[i], Math.Pow(2, -52), 1 - Math.Pow(2, -52));
                loss -= Math.Log(p) / count;
                brier += Math.Pow(known[i] - (labels[i] ? 1 : 0), 2) / count;
                for (var j = 0; j < count; j++)
                {
                    if (labels[i] && !labels[j])
                    {
                        pairs++;
                        wins += known[i] > known[j] ? 1 : known[i] == known[j] ? 0.5 : 0;
                    }
                }
            }

            var calibration = Enumerable.Range(0, count).GroupBy(i => Math.Min(9, (int)(known[i] * 10)))
                .Sum(bin => Math.Abs(bin.Average(i => known[i]) - bin.Average(i => labels[i] ? 1.0 : 0)) * bin.Count() / count);
            double[] scores = [.. known, double.NaN];
            bool[] all = [.. labels, true];
            Assert.Equal(wins / pairs, RocAuc.Of(scores, all), 1e-12);
            Assert.Equal(loss, LogLoss.Of(scores, all), 1e-12);
            Assert.Equal(brier, BrierScore.Of(scores, all), 1e-12);
            Assert.Equal(calibration, ExpectedCalibrationError.Of(scores, all), 1e-12);
        }
    }

    [Fact]
    public void Adjusted_p_values_are_those_of_p_adjust_in_r()
    {
        double[] p = [0.01, 0.04, 0.03, double.NaN, 0.005];
        Check(MultipleTestingCorrection.BenjaminiHochberg, [0.02, 0.04, 0.04, double.NaN, 0.02]);
        Check(MultipleTestingCorrection.Holm, [0.03, 0.06, 0.06, double.NaN, 0.02]);
        Check(MultipleTestingCorrection.Bonferroni, [0.04, 0.16, 0.12, double.NaN, 0.02]);
        Check(MultipleTestingCorrection.None, p);

        void Check(MultipleTestingCorrection method, double[] expected)
        {
            var adjusted = new double[p.Length];
            MultipleTesting.Adjust(p, adjusted, method);
            for (var i = 0; i < p.Length; i++)
            {
                Assert.Equal(expected[i], adjusted[i], 1e-12);
            }
        }
    }

    [Fact]
    public void A_small_paired_permutation_test_counts_every_sign_pattern()
    {
        double[] difference = [0.3, -0.1, 0.25, 0.4, -0.05, 0.2, 0.15];
        var observed = difference.Sum();
        int greater = 0, both = 0;
        for (var pattern = 0; pattern < 128; pattern++)
        {
            var total = difference.Select((d, i) => (pattern >> i & 1) == 0 ? d : -d).Sum();
            greater += total >= observed - 1e-12 ? 1 : 0;
            both += Math.Abs(total) >= Math.Abs(observed) - 1e-12 ? 1 : 0;
        }

        var zero = new double[7];
        var found = PairedPermutation.Test(difference, zero, []);
        Assert.True(found.IsExact);
        Assert.Equal(greater / 128.0, found.PValueGreater, 1e-12);
        Assert.Equal(both / 128.0, found.PValue, 1e-12);
        var mirrored = PairedPermutation.Test(zero, difference, []);
        Assert.Equal(found.PValue, mirrored.PValue);
        Assert.Equal(found.PValueGreater, mirrored.PValueLess);
        Assert.Equal(-found.MeanDifference, mirrored.MeanDifference, 1e-12);
        double[] many = new Draws(22).Normals(100, 0.1);
        Assert.Equal(PairedPermutation.Test(many, new double[100], [], 500, 7), PairedPermutation.Test(many, new double[100], [], 500, 7));
    }

    [Fact]
    public void Moments_agree_with_a_scalar_loop_at_every_length_and_merge()
    {
        var draws = new Draws(23);
        for (var length = 0; length <= 256; length++)
        {
            double[] values = [.. draws.Normals(length, 1e6).Select(v => draws.Below(9) == 0 ? double.NaN : v)];
            double[] known = [.. values.Where(v => !double.IsNaN(v))];
            var mean = known.Length == 0 ? double.NaN : known.Average();
            var variance = known.Length < 2 ? double.NaN : known.Sum(v => (v - mean) * (v - mean)) / (known.Length - 1);
            var cut = draws.Below(length + 1);
            foreach (var found in new[] { Moments.Of(values), Moments.Of(values.AsSpan(0, cut)).Merge(Moments.Of(values.AsSpan(cut))) })
            {
                Assert.Equal(known.Length, found.Count);
                Assert.Equal(length - known.Length, found.MissingCount);
                Assert.Equal(mean, found.Mean, 1e-7);
                Assert.Equal(variance, found.Variance, 1e-7);
                Assert.Equal(known.Length == 0 ? double.NaN : known.Min(), found.Minimum);
                Assert.Equal(known.Length == 0 ? double.NaN : known.Max(), found.Maximum);
            }

            var infinite = Moments.Of([.. values, double.PositiveInfinity]);
            Assert.Equal(double.PositiveInfinity, infinite.Mean);
            Assert.Equal(double.PositiveInfinity, infinite.Maximum);
            Assert.True(double.IsNaN(infinite.Variance));
        }
    }
}

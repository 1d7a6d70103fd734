namespace MlOps.Statistics.Tests.Kernels;

public sealed class CountingTests
{
    [Fact]
    public void Counts_and_moments_of_every_length_to_256_follow_their_definitions()
    {
        double[] edges = [-2, -1, -0.5, 0, 0.25, 1, 2.5];
        for (var length = 0; length <= 256; length++)
        {
            var values = HardValues.OfLength(length, (ulong)length);
            CountsAlike(values, edges);
            var finite = HardValues.FiniteOfLength(length, (ulong)length);
            MeasuresAlike(finite, Moments.Of(finite));
            var floats = Array.ConvertAll(finite, value => (float)value);
            MeasuresAlike(Array.ConvertAll(floats, value => (double)value), Moments.Of(floats));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(3000)]
    public void Counts_are_the_same_however_many_edges_there_are(int count)
    {
        var draws = new Draws(11);
        double[] edges = [.. Enumerable.Range(0, count).Select(_ => Math.Pow(draws.Normal(), 3)).Distinct().Order()];
        double[] values = [.. HardValues.OfLength(120_001, 12), .. edges];
        CountsAlike(values, edges);
        CountsAlike(values.AsSpan(0, 100).ToArray(), edges);
    }

    [Fact]
    public void Uniform_bins_count_as_their_edges_say()
    {
        var values = HardValues.OfLength(10_000, 5);
        var counts = new long[30];
        var rest = Histogram.CountUniform([.. values, -1.5, 1.5, 1.4, 1.3], -1.5, 1.5, counts);
        var expected = new long[30];
        foreach (var value in values.Concat([-1.5, 1.5, 1.4, 1.3]).Where(value => value is >= -1.5 and <= 1.5))
        {
            var bin = Enumerable.Range(0, 30).Last(i => value >= (i * (3.0 / 30)) - 1.5);
            expected[bin]++;
        }

        Assert.Equal(expected, counts);
        Assert.Equal(values.Count(value => value < -1.5), rest.Below);
        Assert.Equal(values.Count(value => value > 1.5), rest.Above);
        Assert.Equal(values.Count(double.IsNaN), rest.Missing);
    }

    [Theory]
    [InlineData("normal")]
    [InlineData("integers")]
    [InlineData("log scale")]
    [InlineData("outlier")]
    [InlineData("infinite")]
    [InlineData("missing")]
    [InlineData("constant")]
    public void Quantile_bins_found_in_cells_are_those_of_the_sorted_sample(string shape)
    {
        foreach (var bins in new[] { 2, 10, 400 })
        {
            var draws = new Draws(9);
            var values = new double[30_000];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = shape switch
                {
                    "normal" => draws.Normal(),
                    "integers" => draws.Below(7),
                    "log scale" => Math.Exp(draws.Normal() * 50),
                    "outlier" => i == 0 ? 1e308 : i == 1 ? -1e308 : draws.Normal(),
                    "infinite" => draws.Uniform() < 0.3 ? double.PositiveInfinity : draws.Uniform() < 0.3 ? double.NegativeInfinity : 1,
                    "missing" => draws.Uniform() < 0.9 ? double.NaN : draws.Normal(),
                    _ => 4,
                };
            }

            var sorted = ObservedValues.Sorted(values);
            double[] expected = [.. Enumerable.Range(1, bins - 1).Select(b => sorted[Math.Max(0, (int)((long)b * sorted.Length / bins) - 1)]).Distinct()];
            var edges = new double[bins];
            var counts = new long[bins];
            var found = QuantileBins.Find(values, bins, edges, counts);
            Assert.Equal(expected, edges.Take(found));
            var direct = new long[found + 1];
            CellSearch.Count(expected, values, direct);
            Assert.Equal(direct, counts.Take(found + 1));
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1e9, 1)]
    [InlineData(1e15, 3)]
    [InlineData(0, 1e-150)]
    [InlineData(0, 1e150)]
    public void The_variance_keeps_its_digits_whatever_the_offset_and_the_scale(double offset, double scale)
    {
        var draws = new Draws(2);
        double[] values = [.. Enumerable.Range(0, 10_001).Select(i => offset + (scale * (draws.Uniform() + (i > 5000 ? 40 : 0))))];
        MeasuresAlike(values, Moments.Of(values));
    }

    [Fact]
    public void Extreme_values_do_not_break_the_mean()
    {
        double[] large = [.. Enumerable.Repeat(1.5e308, 5000)];
        Assert.Equal(1.5e308, Moments.Of(large).Mean, 1e296);
        Assert.Equal(double.PositiveInfinity, Moments.Of([1, double.PositiveInfinity, double.NaN]).Mean);
        Assert.Equal(double.NaN, Moments.Of([1, double.PositiveInfinity, double.NegativeInfinity]).Mean);
        Assert.Equal(double.NegativeInfinity, Moments.Of([1, double.PositiveInfinity, double.NegativeInfinity]).Minimum);
        Assert.Equal(double.NaN, Moments.Of([1.0, double.PositiveInfinity]).Variance);
    }

    private static void CountsAlike(double[] values, double[] edges)
    {
        var expected = new long[edges.Length + 1];
        var found = new long[edges.Length + 1];
        foreach (var value in values.Where(value => !double.IsNaN(value)))
        {
            expected[edges.Count(edge => edge < value)]++;
        }

        Assert.Equal(values.Count(double.IsNaN), Histogram.Count(values, edges, found));
        Assert.Equal(expected, found);
        float[] floats = Array.ConvertAll(values, value => (float)value), floatEdges = [.. edges.Select(edge => (float)edge).Distinct()];
        Array.Clear(expected);
        Array.Clear(found);
        foreach (var value in floats.Where(value => !float.IsNaN(value)))
        {
            expected[floatEdges.Count(edge => edge < value)]++;
        }

        Histogram.Count(floats, floatEdges, found.AsSpan(0, floatEdges.Length + 1));
        Assert.Equal(expected, found);
    }

    private static void MeasuresAlike(double[] values, Moments found)
    {
        double[] known = [.. values.Where(value => !double.IsNaN(value))];
        Assert.Equal(known.Length, found.Count);
        Assert.Equal(values.Length - known.Length, found.MissingCount);
        if (known.Length < 2)
        {
            Assert.Equal(double.NaN, found.Variance);
            return;
        }

        var centre = known[0];
        var mean = centre + (known.Sum(value => value - centre) / known.Length);
        var rest = known.Sum(value => value - mean);
        var variance = (known.Sum(value => (value - mean) * (value - mean)) - (rest * rest / known.Length)) / (known.Length - 1);
        Assert.Equal(known.Min(), found.Minimum);
        Assert.Equal(known.Max(), found.Maximum);
        Assert.Equal(mean, found.Mean, 1e-12 * known.Max(Math.Abs));
        Assert.Equal(variance, found.Variance, 1e-11 * variance);
    }
}

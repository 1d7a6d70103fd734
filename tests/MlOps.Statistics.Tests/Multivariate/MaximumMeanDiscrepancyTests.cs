namespace MlOps.Statistics.Tests.Multivariate;

public sealed class MaximumMeanDiscrepancyTests
{
    [Fact]
    public void The_statistic_is_that_of_a_plain_double_loop_for_every_number_of_rows()
    {
        var draws = new Draws(1);
        for (var n = 2; n <= 128; n++)
        {
            int m = 2 + draws.Below(129), columns = 1 + draws.Below(9);
            double[] x = draws.Normals(n * columns, 3), y = draws.Normals(m * columns, 3, 1.5);
            var found = MaximumMeanDiscrepancy.Test(
                new SampleMatrix(x, columns),
                new SampleMatrix(y, columns),
                new MmdOptions { Permutations = 1 + draws.Below(20), Bandwidth = 1.3 });
            double xx = Sum(x, x), yy = Sum(y, y), xy = Sum(x, y);
            Assert.Equal(((xx - n) / n / (n - 1)) + ((yy - m) / m / (m - 1)) - (2 * xy / n / m), found.Statistic, 1e-12);
            Assert.Equal((xx / n / n) + (yy / m / m) - (2 * xy / n / m), found.BiasedStatistic, 1e-12);

            double Sum(double[] left, double[] right) => left.Chunk(columns).Sum(a => right.Chunk(columns).Sum(b =>
                Math.Exp(-a.Zip(b, (p, q) => (p - q) * (p - q)).Sum() / (2 * 1.3 * 1.3))));
        }
    }

    [Fact]
    public void The_bandwidth_is_the_root_of_the_median_squared_distance()
    {
        var draws = new Draws(2);
        double[] x = draws.Normals(60), y = draws.Normals(40);
        double[][] rows = [.. x.Chunk(2), .. y.Chunk(2)];
        double[] squares = [.. Enumerable.Range(0, 50).SelectMany(i => Enumerable.Range(0, i).Select(j =>
            rows[i].Zip(rows[j], (p, q) => (p - q) * (p - q)).Sum())).Order()];
        var median = (squares[(squares.Length - 1) / 2] + squares[squares.Length / 2]) / 2;
        Assert.Equal(Math.Sqrt(median), MaximumMeanDiscrepancy.MedianBandwidth(new SampleMatrix(x, 2), new SampleMatrix(y, 2)), 1e-12);
        Assert.Equal(5.0, MaximumMeanDiscrepancy.MedianBandwidth(new SampleMatrix([0, 0, 0, 0, 0, 0, 0], 1), new SampleMatrix([0, 5], 1)));
        Assert.Equal(double.NaN, MaximumMeanDiscrepancy.MedianBandwidth(new SampleMatrix([1, 1], 1), new SampleMatrix([1], 1)));
    }

    [Fact]
    public void A_shifted_and_a_widened_column_are_seen_and_named()
    {
        var draws = new Draws(6);
        double[] x = draws.Normals(1600), y = [.. draws.Normals(1600).Select((v, i) => (i % 4) switch { 1 => v + 1, 3 => 2 * v, _ => v })];
        Assert.True(MaximumMeanDiscrepancy.Test(new SampleMatrix(x, 4), new SampleMatrix(y, 4)).PValue < 0.01);
        var influence = MaximumMeanDiscrepancy.ColumnInfluence(new SampleMatrix(x, 4), new SampleMatrix(y, 4));
        Assert.True(Math.Min(influence[1], influence[3]) > 5 * Math.Max(influence[0], influence[2]), string.Join(", ", influence));
    }

    [Fact]
    public void A_flipped_correlation_is_seen_where_no_column_alone_shows_it_and_its_two_columns_are_named()
    {
        var draws = new Draws(3);
        double[] x = Tables.Normals(draws, 400, 4, 0.7), y = Tables.Normals(draws, 400, 4, -0.7);
        var found = MaximumMeanDiscrepancy.Test(new SampleMatrix(x, 4), new SampleMatrix(y, 4));
        Assert.Equal(1 / 501.0, found.PValue, 1e-12);
        Assert.All(Enumerable.Range(0, 4), c =>
            Assert.True(KolmogorovSmirnov.Test(Tables.Column(x, 4, c), Tables.Column(y, 4, c)).PValue > 0.05));
        var influence = MaximumMeanDiscrepancy.ColumnInfluence(new SampleMatrix(x, 4), new SampleMatrix(y, 4));
        Assert.True(Math.Min(influence[0], influence[1]) > 0);
        Assert.True(Math.Min(influence[0], influence[1]) > 5 * Math.Max(influence[2], influence[3]), string.Join(", ", influence));
        Assert.True(MaximumMeanDiscrepancy.LinearTime(
            new SampleMatrix(Tables.Normals(draws, 20_000, 2, 0.7), 2),
            new SampleMatrix(Tables.Normals(draws, 20_000, 2, -0.7), 2)).PValue < 1e-6);
    }

    [Fact]
    public void One_extreme_row_changes_no_verdict_and_rows_with_missing_values_are_left_out()
    {
        var draws = new Draws(4);
        double[] x = draws.Normals(300), y = draws.Normals(300), moved = draws.Normals(300, 1);
        foreach (var extreme in new[] { 1e9, 1e308, -1e308, double.PositiveInfinity, double.NegativeInfinity })
        {
            double[] withExtreme = [.. x, extreme, 0, 0];
            Assert.True(MaximumMeanDiscrepancy.Test(new SampleMatrix(withExtreme, 3), new SampleMatrix(y, 3)).PValue > 0.05);
            Assert.True(MaximumMeanDiscrepancy.Test(new SampleMatrix(withExtreme, 3), new SampleMatrix(moved, 3)).PValue < 0.01);
            Assert.All(MaximumMeanDiscrepancy.ColumnInfluence(new SampleMatrix(withExtreme, 3), new SampleMatrix(y, 3)), v =>
                Assert.True(double.IsFinite(v)));
        }

        double[] withMissing = [.. x, double.NaN, 1, 2];
        Assert.Equal(
            MaximumMeanDiscrepancy.Test(new SampleMatrix(x, 3), new SampleMatrix(y, 3)),
            MaximumMeanDiscrepancy.Test(new SampleMatrix(withMissing, 3), new SampleMatrix(y, 3)));
    }

    [Fact]
    public void Empty_and_constant_samples_are_no_evidence()
    {
        Assert.Equal(1, MaximumMeanDiscrepancy.Test(new SampleMatrix([], 3), new SampleMatrix([1, 2, 3], 3)).PValue);
        Assert.Equal(1, MaximumMeanDiscrepancy.LinearTime(new SampleMatrix([], 3), new SampleMatrix([1, 2, 3], 3)).PValue);
        double[] ones = [1, 1, 1, 1, 1, 1];
        Assert.Equal(
            new MmdResult(0, 0, 1, double.NaN, 500),
            MaximumMeanDiscrepancy.Test(new SampleMatrix(ones, 2), new SampleMatrix(ones, 2)));
        Assert.Throws<ArgumentException>(() => MaximumMeanDiscrepancy.Test(new SampleMatrix(ones, 2), new SampleMatrix(ones, 3)));
        Assert.Throws<ArgumentException>(() => new SampleMatrix(ones, 4).Rows);
    }

    [Fact]
    public void The_order_of_rows_and_a_shift_and_scale_of_all_data_change_no_statistic()
    {
        var draws = new Draws(5);
        double[] x = draws.Normals(200), y = draws.Normals(160, 0.3);
        var found = MaximumMeanDiscrepancy.Test(new SampleMatrix(x, 2), new SampleMatrix(y, 2));
        double[] reversed = [.. x.Chunk(2).Reverse().SelectMany(row => row)];
        Assert.Equal(found.Statistic, MaximumMeanDiscrepancy.Test(new SampleMatrix(reversed, 2), new SampleMatrix(y, 2)).Statistic, 1e-13);
        Assert.Equal(found.Statistic, MaximumMeanDiscrepancy.Test(new SampleMatrix(y, 2), new SampleMatrix(x, 2)).Statistic, 1e-13);
        foreach (var scale in new[] { 1e-150, 1e-9, 1e150 })
        {
            double[] a = [.. x.Select(v => v * scale)], b = [.. y.Select(v => v * scale)];
            Assert.Equal(found.Statistic, MaximumMeanDiscrepancy.Test(new SampleMatrix(a, 2), new SampleMatrix(b, 2)).Statistic, 1e-12);
        }
    }
}

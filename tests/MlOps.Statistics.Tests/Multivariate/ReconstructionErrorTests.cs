namespace MlOps.Statistics.Tests.Multivariate;

public sealed class ReconstructionErrorTests
{
    [Fact]
    public void A_shifted_column_is_seen_and_named_among_correlated_ones()
    {
        var draws = new Draws(25);
        double[] x = Tables.Normals(draws, 2000, 6, 0.9);
        double[] y = [.. Tables.Normals(draws, 1000, 6, 0.9).Select((v, i) => i % 6 == 1 ? v + 1 : v)];
        var found = ReconstructionError.Fit(new SampleMatrix(x, 6), new ReconstructionOptions { ExplainedVariance = 0.95 })
            .Compare(new SampleMatrix(y, 6));
        Assert.True(found.PValue < 1e-9);
        Assert.Equal([0, 1], found.Columns.Take(2).Select(c => c.Column).Order());
        Assert.True(found.Columns[0].CurrentError > 1.5 * found.Columns[0].ReferenceError);
    }

    [Fact]
    public void A_flipped_correlation_is_seen_where_no_column_alone_shows_it_and_its_two_columns_are_named()
    {
        var draws = new Draws(21);
        double[] x = Tables.Normals(draws, 1000, 4, 0.9), y = Tables.Normals(draws, 500, 4, -0.9);
        var fitted = ReconstructionError.Fit(new SampleMatrix(x, 4), new ReconstructionOptions { ExplainedVariance = 0.9 });
        Assert.Equal(3, fitted.Components);
        var found = fitted.Compare(new SampleMatrix(y, 4));
        Assert.True(found.PValue < 1e-12);
        Assert.True(found.CurrentError > 2 * found.ReferenceError);
        Assert.Equal([0, 1], found.Columns.Take(2).Select(c => c.Column).Order());
        Assert.All(Enumerable.Range(0, 4), c =>
            Assert.True(KolmogorovSmirnov.Test(Tables.Column(x, 4, c), Tables.Column(y, 4, c)).PValue > 0.01));
    }

    [Fact]
    public void One_extreme_value_in_either_sample_changes_no_verdict()
    {
        foreach (var extreme in new[] { 1e9, 1e308, -1e308, double.PositiveInfinity, double.NegativeInfinity })
        {
            var draws = new Draws(22);
            double[] x = Tables.Normals(draws, 400, 3, 0.9);
            double[] same = Tables.Normals(draws, 400, 3, 0.9), flipped = Tables.Normals(draws, 400, 3, -0.9);
            x[7] = extreme;
            same[11] = -extreme;
            flipped[4] = extreme;
            var fitted = ReconstructionError.Fit(new SampleMatrix(x, 3), new ReconstructionOptions { ExplainedVariance = 0.8 });
            Assert.True(fitted.Compare(new SampleMatrix(same, 3)).PValue > 0.01);
            Assert.True(fitted.Compare(new SampleMatrix(flipped, 3)).PValue < 1e-6);
        }
    }

    [Fact]
    public void Missing_constant_and_empty_columns_have_a_rule()
    {
        var draws = new Draws(23);
        double[] x = [.. Enumerable.Range(0, 100).SelectMany(_ => new[] { draws.Normal(), 5, double.NaN, draws.Normal() })];
        var fitted = ReconstructionError.Fit(new SampleMatrix(x, 4));
        var error = new double[2];
        fitted.PerRow(new SampleMatrix([double.NaN, 5, double.NaN, double.NaN, double.NaN, 7, 1, double.NaN], 4), error);
        Assert.Equal([0.0, 0.0], error);
        var nothing = fitted.Compare(new SampleMatrix([], 4));
        Assert.Equal((1.0, double.NaN), (nothing.PValue, nothing.CurrentError));
        Assert.Throws<ArgumentException>(() => fitted.Compare(new SampleMatrix([], 3)));
        Assert.Throws<ArgumentException>(() => ReconstructionError.Fit(new SampleMatrix([1, 2, 3], 1)));
        double[] ones = [.. Enumerable.Repeat(1.0, 20)];
        Assert.Equal(1, ReconstructionError.Fit(new SampleMatrix(ones, 2)).Compare(new SampleMatrix(ones, 2)).PValue);
    }

    [Fact]
    public void A_shift_and_scale_of_columns_changes_no_error_and_errors_do_not_depend_on_the_order_of_rows()
    {
        var draws = new Draws(24);
        double[] x = Tables.Normals(draws, 200, 5, 0.7), y = Tables.Normals(draws, 300, 5, 0.5);
        var found = ReconstructionError.Fit(new SampleMatrix(x, 5)).Compare(new SampleMatrix(y, 5));
        double[] moved = [.. x.Select((v, i) => Scaled(v, i % 5))], movedToo = [.. y.Select((v, i) => Scaled(v, i % 5))];
        double[] reversed = [.. y.Chunk(5).Reverse().SelectMany(row => row)];
        Assert.Equal(
            found.CurrentError,
            ReconstructionError.Fit(new SampleMatrix(moved, 5)).Compare(new SampleMatrix(movedToo, 5)).CurrentError,
            1e-6);
        Assert.Equal(
            found.CurrentError,
            ReconstructionError.Fit(new SampleMatrix(x, 5)).Compare(new SampleMatrix(reversed, 5)).CurrentError,
            1e-12);

        static double Scaled(double value, int column) => (value * Math.Pow(10, column - 2)) + (100 * column);
    }
}

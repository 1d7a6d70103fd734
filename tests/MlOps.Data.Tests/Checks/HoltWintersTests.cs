using FsCheck.Xunit;
using MlOps.Data.Checks.History;

namespace MlOps.Data.Tests.Checks;

public sealed class HoltWintersTests
{
    // Passengers of airlines in thousands by month, 1949 to 1954: Box, Jenkins, Time Series Analysis, series G.
    private static readonly double[] _passengers =
    [
        112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140,
        145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194,
        196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229,
    ];

    [Fact]
    public void The_recursion_gives_what_is_worked_out_by_hand()
    {
        // Two seasons of two: level 15.75, trend 1.5, seasonal terms -4.25 and 4.25; then errors of 0, -0.5 and so on.
        var smooth = HoltWinters.Smooth([10, 20, 13, 23, 16, 27, 19], 2, 0.5, 0.5, 0.5);
        Assert.Equal(1.5625, smooth.SquaredError, 12);
        Assert.Equal(29.9375, smooth.Forecast, 12);
        var others = HoltWinters.Smooth(_passengers, 12, 0.3, 0.1, 0.2);
        Assert.Equal(9240.210727557635, others.SquaredError, 8);
        Assert.Equal(240.30181195397088, others.Forecast, 10);
    }

    [Fact]
    public void The_weights_are_those_that_a_global_search_finds()
    {
        // SciPy's differential evolution over the same recursion: 0.70584, 0, 0.50765.
        var fit = HoltWinters.Fit(_passengers, 12);
        Assert.Equal(6000.53147781175, fit.SquaredError, 0.05);
        Assert.Equal(0.70584, fit.Smoothing.Level, 0.005);
        Assert.Equal(0, fit.Smoothing.Trend, 0.005);
        Assert.Equal(0.507655, fit.Smoothing.Season, 0.005);
        Assert.Equal(236.284, fit.Forecast, 0.1);
        Assert.Equal(10.2602, fit.Deviation, 0.001);
    }

    [Theory]
    [InlineData(0.5, 0.674489750)]
    [InlineData(0.95, 1.959963985)]
    [InlineData(0.99, 2.575829304)]
    [InlineData(0.9973002, 2.999999556)]
    [InlineData(0.999999, 4.891638476)]
    public void The_interval_reaches_as_far_as_the_normal_quantile(double confidence, double quantile)
    {
        var fit = HoltWinters.Fit(_passengers, 12);
        var bounds = new HoltWintersModel(12, confidence).Expect(_passengers);
        Assert.Equal(quantile, (bounds.Max - fit.Forecast) / fit.Deviation, 1e-6);
        Assert.Equal(quantile, (fit.Forecast - bounds.Min) / fit.Deviation, 1e-6);
    }

    [Property(MaxTest = 100)]
    public void A_line_with_a_season_is_continued_without_error(int seed)
    {
        var random = new Random(seed);
        var season = random.Next(2, 9);
        var (start, slope) = (random.NextDouble() * 100, random.NextDouble() - 0.5);
        var terms = Enumerable.Range(0, season).Select(_ => random.NextDouble() * 10).ToArray();
        double At(int i) => start + (slope * i) + terms[i % season];
        var count = HoltWinters.Fewest(season) + random.Next(20);
        var values = Enumerable.Range(0, count).Select(At).ToArray();
        Assert.Equal(At(count), HoltWinters.Fit(values, season).Forecast, 1e-8);
        Assert.InRange(HoltWinters.Fit(values, season).Deviation, 0, 1e-8);
    }

    [Property(MaxTest = 40)]
    public void No_weights_of_a_grid_are_better_than_those_fitted(int seed)
    {
        var random = new Random(seed);
        var season = random.Next(2, 7);
        var values = Enumerable.Range(0, HoltWinters.Fewest(season) + random.Next(40)).Select(i => (5 * Math.Sin(i)) + (10 * random.NextDouble())).ToArray();
        var best = HoltWinters.Fit(values, season).SquaredError;
        for (var cell = 0; cell < 343; cell++)
        {
            var tried = HoltWinters.Smooth(values, season, cell % 7 / 6.0, cell / 7 % 7 / 6.0, cell / 49 / 6.0).SquaredError;
            Assert.True(best <= tried * 1.02, $"{best} against {tried}");
        }
    }

    [Fact]
    public void The_interval_holds_the_share_of_runs_that_it_states()
    {
        var random = new Random(3);
        double Noise() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        const int Trials = 2000;
        var model = new HoltWintersModel(7, 0.9);
        var inside = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var values = Enumerable.Range(0, 71).Select(i => 100 + (i * 0.3) + (10 * (i % 7 == 6 ? 1 : 0)) + (2 * Noise())).ToArray();
            inside += model.Expect(values.AsSpan(0, 70)).Allow(values[70]) ? 1 : 0;
        }

        Assert.InRange((double)inside / Trials, 0.84, 0.94);
    }
}

using FsCheck.Xunit;

namespace MlOps.Statistics.Tests.Performance;

public sealed class IsotonicRegressionTests
{
    [Property]
    public void A_fit_never_falls_keeps_the_mean_and_leaves_a_rising_function_alone(ulong seed)
    {
        var draws = new Draws(seed);
        var count = 1 + draws.Below(60);
        double[] x = [.. Enumerable.Range(0, count).Select(_ => Math.Round(draws.Uniform(), 1))];
        double[] y = draws.Normals(count);
        var fitted = IsotonicRegression.Fit(x, y);
        Assert.Equal(fitted.Values.Order(), fitted.Values);
        Assert.Equal(y.Sum(), x.Sum(fitted.Predict), 1e-9);
        Assert.InRange(fitted.Predict(draws.Uniform()), y.Min() - 1e-12, y.Max() + 1e-12);
        var again = IsotonicRegression.Fit(x, [.. x.Select(fitted.Predict)]);
        Assert.All(x, v => Assert.Equal(fitted.Predict(v), again.Predict(v), 1e-12));
    }

    [Fact]
    public void Extremes_and_missing_values_follow_the_rule()
    {
        var fitted = IsotonicRegression.Fit([double.NegativeInfinity, 0, 1, double.PositiveInfinity, double.NaN], [0, 1, 2, 3, 100]);
        Assert.Equal(
            [0.0, 1, 1, 1.5, 2, 2, 3],
            new[] { double.NegativeInfinity, -5, 0, 0.5, 1, 5, double.PositiveInfinity }.Select(fitted.Predict));
        Assert.Equal(double.NaN, fitted.Predict(double.NaN));
        Assert.Throws<ArgumentException>(() => IsotonicRegression.Fit([double.NaN], [1]));
        Assert.Throws<ArgumentException>(() => IsotonicRegression.Fit([1, 2], [1]));
    }
}

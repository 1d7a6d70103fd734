using System.Numerics.Tensors;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Pearson's correlation coefficient, and the test that it is zero.</summary>
/// <remarks>
/// Reference implementation: <c>scipy.stats.pearsonr</c>: the p-value is exact for normal data. It measures linear association only and one
/// outlier can make or hide it: prefer <see cref="Spearman"/> on raw data. A pair with a NaN on either side is left out. A constant sample,
/// fewer than two pairs or an infinite value leave the coefficient undefined (NaN and 1); two pairs correlate perfectly, with a p-value of
/// 1.
/// </remarks>
public static class Pearson
{
    // What rounding leaves of the unexplained variance of a straight line.
    private const double Rounding = 1e-30;

    /// <summary>The coefficient, from -1 to 1, as the statistic and its two-sided p-value.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static TestResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (first, second) = ObservedPairs.Of(x, y);
        return OfPairs(first, second);
    }

    /// <summary>The coefficient of single-precision values, which are widened, and its two-sided p-value.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static TestResult Test(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Test(WidenedValues.Of(x), WidenedValues.Of(y));

    /// <summary>The result for pairs without missing values; both arrays are overwritten.</summary>
    internal static TestResult OfPairs(Span<double> x, Span<double> y)
    {
        if (x.Length < 2 || IsConstant(x) || IsConstant(y) || !Center(x) || !Center(y))
        {
            return TestResult.Undefined;
        }

        double squaresX = TensorPrimitives.SumOfSquares<double>(x), squaresY = TensorPrimitives.SumOfSquares<double>(y);
        double product = TensorPrimitives.Dot<double>(x, y), r = Math.Clamp(product / Math.Sqrt(squaresX) / Math.Sqrt(squaresY), -1, 1);
        if (x.Length == 2)
        {
            return new TestResult(Math.Sign(r), 1);
        }

        // 1 - r² cancels for strong correlation; the residuals of the regression line do not.
        var unexplained = 1 - (r * r);
        if (unexplained < 0.25)
        {
            TensorPrimitives.MultiplyAdd(x, -product / squaresX, y, y);
            unexplained = TensorPrimitives.SumOfSquares<double>(y) / squaresY;
        }

        var log = unexplained < Rounding ? double.NegativeInfinity : Beta.LogRegularized((x.Length - 2) / 2.0, 0.5, unexplained, r * r);
        return TestResult.FromLog(r, log);
    }

    private static bool IsConstant(ReadOnlySpan<double> values) => !values.ContainsAnyExcept(values[0]);

    /// <summary>
    /// Subtracts the mean, with the mean's own rounding, and brings the deviations to where squares neither overflow nor vanish.
    /// </summary>
    private static bool Center(Span<double> values)
    {
        if (!Scale(values))
        {
            return false;
        }

        TensorPrimitives.Subtract(values, Moments.Of(values).Mean, values);
        TensorPrimitives.Subtract(values, TensorPrimitives.Sum<double>(values) / values.Length, values);
        return Scale(values);
    }

    private static bool Scale(Span<double> values)
    {
        var largest = Math.Abs(TensorPrimitives.MaxMagnitude<double>(values));
        if (!double.IsFinite(largest) || largest == 0)
        {
            return false;
        }

        if (largest is < 1e-100 or > 1e100)
        {
            for (var (i, exponent) = (0, -Math.ILogB(largest)); i < values.Length; i++)
            {
                values[i] = Math.ScaleB(values[i], exponent);
            }
        }

        return true;
    }
}

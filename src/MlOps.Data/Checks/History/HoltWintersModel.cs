using System.Globalization;

namespace MlOps.Data.Checks.History;

/// <summary>The next value lies in the prediction interval of additive Holt–Winters smoothing.</summary>
internal sealed record HoltWintersModel(int Season, double Confidence) : HistoryModel
{
    public override string Words => string.Create(CultureInfo.InvariantCulture, $"within the {100 * Confidence:0.####} % interval of Holt–Winters over seasons of {Season} runs");

    public override int Fewest => HoltWinters.Fewest(Season);

    public override HistoryBounds Expect(ReadOnlySpan<double> values)
    {
        var fit = HoltWinters.Fit(values, Season);
        var reach = NormalQuantile(0.5 + (Confidence / 2)) * fit.Deviation;
        return HistoryBounds.Of(fit.Forecast - reach, fit.Forecast + reach);
    }

    // Bisection on the distribution function: 60 halvings of [0, 40] leave nothing to gain.
    private static double NormalQuantile(double probability)
    {
        var (low, high) = (0.0, 40.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Normal(middle) < probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    // The complementary error function by its continued fraction for large arguments, by its series for small ones.
    private static double Normal(double x)
    {
        if (x < 3)
        {
            var (term, sum) = (x, x);
            for (var k = 1; k < 200 && Math.Abs(term) > 1e-17 * Math.Abs(sum); k++)
            {
                term *= x * x / ((2 * k) + 1);
                sum += term;
            }

            return 0.5 + (sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
        }

        var fraction = x;
        for (var k = 60; k >= 1; k--)
        {
            fraction = x + (k / fraction);
        }

        return 1 - (Math.Exp(-x * x / 2) / (Math.Sqrt(2 * Math.PI) * fraction));
    }
}

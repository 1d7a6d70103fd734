namespace MlOps.Data.Checks.History;

/// <summary>Additive Holt–Winters smoothing, whose weights are those of the least squared error of one-step forecasts.</summary>
/// <remarks>
/// Level, trend and season are l = a (y - s) + (1 - a)(l' + b'), b = β (l - l') + (1 - β) b', s = γ (y - l' - b') + (1 - γ) s (Hyndman and
/// Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, section 8.3, the component form). They start from the first two seasons: the
/// level is the first season's mean, at its middle, the trend the difference of the two means over a season, and the seasonal terms what the
/// first season differs from that line. Errors are counted from the second season on.
/// </remarks>
internal readonly record struct HoltWinters
{
    private const int Weights = 3;
    private const double Finest = 1e-4;

    /// <summary>The weights of level, trend and season, each from 0 to 1.</summary>
    public (double Level, double Trend, double Season) Smoothing { get; private init; }

    /// <summary>The sum of the squared errors of the one-step forecasts.</summary>
    public double SquaredError { get; private init; }

    /// <summary>The next value.</summary>
    public double Forecast { get; private init; }

    /// <summary>The standard deviation of the next value around its forecast.</summary>
    public double Deviation { get; private init; }

    /// <summary>The fewest values for a fit: two seasons to start from, and more errors than weights.</summary>
    public static int Fewest(int season) => Math.Max(2 * season, season + Weights + 1);

    /// <summary>Smooths with given weights.</summary>
    public static HoltWinters Smooth(ReadOnlySpan<double> values, int season, double alpha, double beta, double gamma)
    {
        var (first, second) = (Mean(values[..season]), Mean(values[season..(2 * season)]));
        var trend = (second - first) / season;

        // The first season's mean is the level at its middle; the smoothing begins at its end.
        var middle = (season - 1) / 2.0;
        Span<double> seasonal = season <= 128 ? stackalloc double[season] : new double[season];
        for (var i = 0; i < season; i++)
        {
            seasonal[i] = values[i] - (first + (trend * (i - middle)));
        }

        var level = first + (trend * (season - 1 - middle));
        var squares = 0.0;
        for (var i = season; i < values.Length; i++)
        {
            ref var s = ref seasonal[i % season];
            var before = level + trend;
            var error = values[i] - before - s;
            squares += error * error;
            var next = (alpha * (values[i] - s)) + ((1 - alpha) * before);
            s = (gamma * (values[i] - before)) + ((1 - gamma) * s);
            trend = (beta * (next - level)) + ((1 - beta) * trend);
            level = next;
        }

        return new HoltWinters
        {
            Smoothing = (alpha, beta, gamma),
            SquaredError = squares,
            Forecast = level + trend + seasonal[values.Length % season],
            Deviation = Math.Sqrt(squares / (values.Length - season - Weights)),
        };
    }

    /// <summary>Smooths with the weights of least error: the best of a grid, refined by steps that are halved.</summary>
    /// <param name="values">At least <see cref="Fewest"/>, the oldest first.</param>
    /// <param name="season">How many values make a season.</param>
    public static HoltWinters Fit(ReadOnlySpan<double> values, int season)
    {
        ReadOnlySpan<double> grid = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1];
        var best = Smooth(values, season, 0, 0, 0);
        foreach (var alpha in grid)
        {
            foreach (var beta in grid)
            {
                foreach (var gamma in grid)
                {
                    best = Better(best, Smooth(values, season, alpha, beta, gamma));
                }
            }
        }

        for (var step = 0.1; step > Finest;)
        {
            var before = best.SquaredError;
            for (var weight = 0; weight < Weights; weight++)
            {
                foreach (var sign in (ReadOnlySpan<double>)[-1, 1])
                {
                    var (alpha, beta, gamma) = best.Smoothing;
                    var moved = sign * step;
                    best = Better(best, Smooth(
                        values,
                        season,
                        Clamp(alpha + (weight == 0 ? moved : 0)),
                        Clamp(beta + (weight == 1 ? moved : 0)),
                        Clamp(gamma + (weight == 2 ? moved : 0))));
                }
            }

            step = best.SquaredError < before ? step : step / 2;
        }

        return best;
    }

    private static HoltWinters Better(HoltWinters one, HoltWinters other) => other.SquaredError < one.SquaredError ? other : one;

    private static double Clamp(double weight) => Math.Clamp(weight, 0, 1);

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}

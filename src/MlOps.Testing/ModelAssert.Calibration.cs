using System.Globalization;
using MlOps.Statistics;

namespace MlOps.Testing;

/// <content>Calibration.</content>
public static partial class ModelAssert
{
    /// <summary>Passes when predicted probabilities surely lie within a distance of observed frequencies: the expected calibration error with confidence, 95 % by default.</summary>
    /// <param name="probabilities">The predicted probability of each row; NaN rows are left out.</param>
    /// <param name="labels">What came true.</param>
    /// <param name="bound">What the upper end of the one-sided interval of the error may reach.</param>
    /// <param name="bins">The bins of equal width over which <see cref="ExpectedCalibrationError"/> is taken. Default: 10.</param>
    /// <param name="alpha">The chance that a model just above the bound passes, from 0.0001 to 0.5. Default: 0.05, 95 % confidence.</param>
    /// <param name="seed">The seed of the bootstrap; equal arguments give equal results.</param>
    /// <remarks>
    /// The interval is the basic bootstrap's over rows, which takes off what the error of few rows is too high by: a perfectly calibrated
    /// model has an error above 0.
    /// </remarks>
    /// <exception cref="AssertionFailedException">The upper end is above the bound, or there is no row.</exception>
    /// <exception cref="ArgumentException">The lengths differ, or a probability lies outside 0 to 1.</exception>
    public static void CalibrationErrorAtMost(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, double bound, int bins = 10, double alpha = 0.05, int seed = 0)
    {
        RequireAlpha(alpha);
        var error = ExpectedCalibrationError.Of(probabilities, labels, bins);
        var upper = double.IsNaN(error) ? double.NaN : (2 * error) - LowQuantile(probabilities, labels, bins, alpha, seed);
        if (!(upper <= bound))
        {
            throw new AssertionFailedException(FailureText.Of(
                $"The model is not surely calibrated: the upper end of the {Confidence(alpha)} interval of its calibration error is above the bound.",
                ["bound", "error", $"upper {Confidence(alpha)}", "rows"],
                [[FailureText.Number(bound), FailureText.Number(error), FailureText.Number(upper), probabilities.Length.ToString(CultureInfo.InvariantCulture)]])
                + "\n" + Bins(probabilities, labels, bins));
        }
    }

    private static double LowQuantile(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, int bins, double alpha, int seed)
    {
        // As many as a small alpha needs to be told apart.
        var draws = (int)Math.Max(500, 10 / alpha);
#pragma warning disable CA5394 // Resampling needs a seed that recreates it, not secrecy.
        var random = new Random(seed);
        var (drawn, came) = (new double[probabilities.Length], new bool[probabilities.Length]);
        var errors = new double[draws];
        for (var i = 0; i < draws; i++)
        {
            for (var j = 0; j < drawn.Length; j++)
            {
                var row = random.Next(drawn.Length);
                (drawn[j], came[j]) = (probabilities[row], labels[row]);
            }

            errors[i] = ExpectedCalibrationError.Of(drawn, came, bins);
        }
#pragma warning restore CA5394

        Array.Sort(errors);
        return errors[(int)(alpha * draws)];
    }

    private static string Bins(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, int bins)
    {
        var cells = new (int Rows, double Predicted, int Came)[bins];
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (!double.IsNaN(probabilities[i]))
            {
                ref var cell = ref cells[Math.Min((int)(probabilities[i] * bins), bins - 1)];
                cell = (cell.Rows + 1, cell.Predicted + probabilities[i], cell.Came + (labels[i] ? 1 : 0));
            }
        }

        return FailureText.Of(
            "Its bins:",
            ["probability", "rows", "mean predicted", "came true"],
            [.. cells.Select((cell, i) => (cell, i)).Where(item => item.cell.Rows > 0).Select(item => (IReadOnlyList<string>)
                [
                    string.Create(CultureInfo.InvariantCulture, $"{(double)item.i / bins:0.##} to {(double)(item.i + 1) / bins:0.##}"),
                    item.cell.Rows.ToString(CultureInfo.InvariantCulture),
                    (item.cell.Predicted / item.cell.Rows).ToString("0.###", CultureInfo.InvariantCulture),
                    ((double)item.cell.Came / item.cell.Rows).ToString("0.###", CultureInfo.InvariantCulture),
                ])]);
    }
}

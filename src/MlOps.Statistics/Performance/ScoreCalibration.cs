using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Turns scores into probabilities: isotonic regression on a labelled reference, or nothing where that is no better.</summary>
internal sealed class ScoreCalibration
{
    private const int Splits = 10;

    private readonly IsotonicRegression? _isotonic;

    private ScoreCalibration(IsotonicRegression? isotonic)
    {
        _isotonic = isotonic;
    }

    public bool IsCalibrated => _isotonic is not null;

    public static ScoreCalibration Fit(double[] scores, bool[] labels, CbpeOptions options)
    {
        var probabilities = scores.AsSpan().IndexOfAnyExceptInRange(0.0, 1.0) < 0;
        if (options.Calibration == CbpeCalibration.Never && !probabilities)
        {
            throw new ArgumentException(
                "A score lies outside 0 to 1 and calibration is switched off; allow it, or give probabilities.", nameof(scores));
        }

        var calibrate = options.Calibration == CbpeCalibration.Always
            || (options.Calibration == CbpeCalibration.WhenItHelps && (!probabilities || Helps(scores, labels, options.Seed)));
        return new ScoreCalibration(calibrate ? Isotonic(scores, labels) : null);
    }

    public double Of(double score) => Math.Clamp(_isotonic?.Predict(score) ?? score, 0, 1);

    private static bool Helps(double[] scores, bool[] labels, int seed)
    {
        var random = new SplitMix64((ulong)seed);
        var half = scores.Length / 2;
        double gain = 0;
        for (var split = 0; split < Splits && half > 0; split++)
        {
            var order = SampleRows.Shuffled(scores.Length, ref random);
            double[] fitted = [.. order.Take(half).Select(i => scores[i])], held = [.. order.Skip(half).Select(i => scores[i])];
            bool[] fittedLabels = [.. order.Take(half).Select(i => labels[i])], heldLabels = [.. order.Skip(half).Select(i => labels[i])];
            var isotonic = Isotonic(fitted, fittedLabels);
            gain += ExpectedCalibrationError.Of(held, heldLabels);
            isotonic.Predict(held, held);
            gain -= ExpectedCalibrationError.Of(held, heldLabels);
        }

        return gain > 0;
    }

    private static IsotonicRegression Isotonic(double[] scores, bool[] labels) =>
        IsotonicRegression.Fit(scores, Array.ConvertAll(labels, label => label ? 1.0 : 0));
}

using System.Diagnostics;
using System.Globalization;
using MlOps.Statistics;

namespace MlOps.Testing;

/// <summary>Assertions on the behaviour of a model, for any test framework.</summary>
/// <remarks>A failed assertion throws <see cref="AssertionFailedException"/>. Safe to call from several tests at once.</remarks>
[StackTraceHidden]
public static partial class ModelAssert
{
    private const int ShownRows = 10;
    private const int Resamples = 2_000;
    private const int BisectionSteps = 40;

    /// <summary>Passes when a metric is at least a floor; NaN fails.</summary>
    /// <param name="name">The metric, for the message.</param>
    /// <param name="actual">What the model reached.</param>
    /// <param name="floor">What it must reach.</param>
    /// <exception cref="AssertionFailedException">It is below.</exception>
    public static void MetricAtLeast(string name, double actual, double floor)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!(actual >= floor))
        {
            throw new AssertionFailedException(FailureText.Of(
                $"The model's {name} is below its floor.",
                ["metric", "floor", "seen"],
                [[name, FailureText.Number(floor), FailureText.Number(actual)]]));
        }
    }

    /// <summary>Passes when the mean of per-row values is at least a floor with confidence: 95 % by default.</summary>
    /// <remarks>
    /// Values of 0 and 1 are judged by the exact binomial interval (Clopper and Pearson 1934): three right answers of three show that the
    /// accuracy is above 0.37, no more. Others are judged by the bootstrap-t over rows (Efron and Tibshirani, "An Introduction to the
    /// Bootstrap", 1993, section 12.5), which widens for few rows as Student's t does, and where values are skewed: of ten rows at their floor
    /// 5 % pass where values are normal, and 8 % where they are those of a negated exponential. Rows that all hold one value are judged as
    /// right answers worth that value, and show nothing where it is negative. Rows so few that all lie on one side of their mean by chance
    /// with more than alpha (fewer than five at 0.05) show nothing and fail.
    /// </remarks>
    /// <param name="name">The metric, for the message.</param>
    /// <param name="perRow">The metric's value on each row, such as 1 for a right answer and 0 for a wrong one; NaN rows are left out.</param>
    /// <param name="floor">What the lower end of the one-sided interval must reach.</param>
    /// <param name="alpha">The chance that a model just below its floor passes, from 0.0001 to 0.5. Default: 0.05, 95 % confidence.</param>
    /// <param name="seed">The seed of the bootstrap; equal arguments give equal results.</param>
    /// <exception cref="AssertionFailedException">The lower end is below, or there are too few rows to have one.</exception>
    public static void MetricAtLeast(string name, ReadOnlySpan<double> perRow, double floor, double alpha = 0.05, int seed = 0)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        RequireAlpha(alpha);
        var values = Present(perRow);
        var mean = Moments.Of(perRow).Mean;
        var lower = values.Count > 0 && values.TrueForAll(value => value is 0 or 1)
            ? BinomialLower(values.Count, (int)values.Sum(), alpha) : BootstrapLower(values, alpha, seed);
        if (!(lower >= floor))
        {
            throw new AssertionFailedException(FailureText.Of(
                double.IsNaN(lower)
                    ? $"The model's {name} is not surely at its floor: {FewestRows(alpha)} rows at least are needed to say so with {Confidence(alpha)} confidence."
                    : $"The model's {name} is not surely at its floor: the lower end of its {Confidence(alpha)} interval is below.",
                ["metric", "floor", "mean", $"lower {Confidence(alpha)}", "rows"],
                [[name, FailureText.Number(floor), FailureText.Number(mean), FailureText.Number(lower), values.Count.ToString(CultureInfo.InvariantCulture)]]));
        }
    }

    /// <summary>Passes unless the candidate surely loses more than the incumbent plus a tolerance, on the same rows.</summary>
    /// <param name="candidateLoss">The candidate's loss on each row.</param>
    /// <param name="incumbentLoss">The incumbent's loss on the same rows.</param>
    /// <param name="tolerance">How much worse the mean may be; in the unit of the loss.</param>
    /// <param name="blocks">The block (day, customer) of each row; empty takes rows as independent.</param>
    /// <param name="alpha">The chance that a candidate just within the tolerance fails, from 0.0001 to 0.5. Default: 0.05.</param>
    /// <remarks>
    /// Judged by flipping the signs of the differences (Fisher's randomisation test, <see cref="PairedPermutation"/>): all patterns up to 13
    /// blocks, so that p is exact for few rows where differences lie symmetrically about their mean. For losses of 0 and 1 without a
    /// tolerance it is McNemar's exact test. No p can be below 0.5 to the power of the blocks, so that fewer than five blocks could never
    /// fail at 0.05: they are refused.
    /// </remarks>
    /// <exception cref="AssertionFailedException">
    /// The candidate is worse with a p of at most alpha, or there are too few rows or blocks to find out.
    /// </exception>
    public static void NotWorseThan(
        ReadOnlySpan<double> candidateLoss,
        ReadOnlySpan<double> incumbentLoss,
        double tolerance,
        ReadOnlySpan<int> blocks = default,
        double alpha = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        RequireAlpha(alpha);
        var allowed = new double[incumbentLoss.Length];
        for (var i = 0; i < allowed.Length; i++)
        {
            allowed[i] = incumbentLoss[i] + tolerance;
        }

        // As many random patterns as a small alpha needs to be told apart.
        var comparison = PairedPermutation.Test(candidateLoss, allowed, blocks, permutations: (int)Math.Max(10_000, 100 / alpha));
        var tooFew = comparison.Blocks < FewestRows(alpha);
        if (tooFew || (comparison.MeanDifference > 0 && comparison.PValueGreater <= alpha))
        {
            throw new AssertionFailedException(FailureText.Of(
                comparison.Rows == 0
                    ? "No row has a loss of both models, so that nothing shows that the candidate is not worse."
                    : tooFew
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"Too few rows to show that the candidate is worse: {FewestRows(alpha)} that are independent, or as many blocks, are needed at an alpha of {alpha}.")
                    : "The candidate is worse than the incumbent by more than the tolerance.",
                ["mean difference", "tolerance", "p-value", "rows", "blocks"],
                [[
                    FailureText.Number(comparison.MeanDifference + tolerance),
                    FailureText.Number(tolerance),
                    FailureText.Number(comparison.PValueGreater),
                    comparison.Rows.ToString(CultureInfo.InvariantCulture),
                    comparison.Blocks.ToString(CultureInfo.InvariantCulture),
                ]]));
        }
    }

    /// <summary>Passes when a change that must not matter moves no prediction by more than a tolerance.</summary>
    /// <typeparam name="TInput">What the model takes.</typeparam>
    /// <param name="predict">Answers one input.</param>
    /// <param name="inputs">The inputs to try; at least one.</param>
    /// <param name="perturb">Makes the changed input.</param>
    /// <param name="tolerance">The largest accepted move of a prediction.</param>
    /// <param name="cancellationToken">Stops between inputs.</param>
    /// <exception cref="AssertionFailedException">A prediction moves further, or is NaN.</exception>
    public static Task InvariantAsync<TInput>(
        Func<TInput, ValueTask<double>> predict,
        IEnumerable<TInput> inputs,
        Func<TInput, TInput> perturb,
        double tolerance,
        CancellationToken cancellationToken = default) =>
        CompareAsync(
            predict,
            inputs,
            perturb,
            move => Math.Abs(move) <= tolerance,
            $"should not move by more than {FailureText.Number(tolerance)}",
            cancellationToken);

    /// <summary>Passes when a change moves every prediction the stated way, or at most a tolerance the other way.</summary>
    /// <typeparam name="TInput">What the model takes.</typeparam>
    /// <param name="predict">Answers one input.</param>
    /// <param name="inputs">The inputs to try; at least one.</param>
    /// <param name="perturb">Makes the changed input.</param>
    /// <param name="direction">Which way predictions should go.</param>
    /// <param name="tolerance">The largest accepted move the wrong way.</param>
    /// <param name="cancellationToken">Stops between inputs.</param>
    /// <exception cref="AssertionFailedException">A prediction moves the wrong way, or is NaN.</exception>
    public static Task DirectionalAsync<TInput>(
        Func<TInput, ValueTask<double>> predict,
        IEnumerable<TInput> inputs,
        Func<TInput, TInput> perturb,
        PredictionDirection direction,
        double tolerance = 0,
        CancellationToken cancellationToken = default) =>
        CompareAsync(
            predict,
            inputs,
            perturb,
            move => direction == PredictionDirection.Up ? move >= -tolerance : move <= tolerance,
            direction == PredictionDirection.Up ? "should not fall" : "should not rise",
            cancellationToken);

    private static async Task CompareAsync<TInput>(
        Func<TInput, ValueTask<double>> predict,
        IEnumerable<TInput> inputs,
        Func<TInput, TInput> perturb,
        Func<double, bool> holds,
        string expectation,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(perturb);
        var failures = new List<IReadOnlyList<string>>();
        int tried = 0, failed = 0;
        foreach (var input in inputs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = await predict(input).ConfigureAwait(false);
            var after = await predict(perturb(input)).ConfigureAwait(false);
            if (!holds(after - before))
            {
                failed++;
                if (failures.Count < ShownRows)
                {
                    failures.Add([tried.ToString(CultureInfo.InvariantCulture), FailureText.Number(before), FailureText.Number(after), $"{input}"]);
                }
            }

            tried++;
        }

        if (tried == 0)
        {
            throw new AssertionFailedException("There was no input to try: give at least one.");
        }

        if (failed > 0)
        {
            throw new AssertionFailedException(FailureText.Of(
                $"{failed} of {tried} predictions {expectation} and did.", ["row", "before", "after", "input"], failures));
        }
    }

    private static void RequireAlpha(double alpha)
    {
        if (alpha is not (>= 0.0001 and <= 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Alpha lies between 0.0001 and 0.5, such as 0.05.");
        }
    }

    // Two equally likely signs a row: fewer rows are all of one sign by chance more often than alpha.
    private static int FewestRows(double alpha) => Math.Max(2, (int)Math.Ceiling(-Math.Log2(alpha)));

    private static string Confidence(double alpha) => ((1 - alpha) * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static List<double> Present(ReadOnlySpan<double> perRow)
    {
        var values = new List<double>(perRow.Length);
        foreach (var value in perRow)
        {
            if (!double.IsNaN(value))
            {
                values.Add(value);
            }
        }

        return values;
    }

    // The chance of a success at which so many or more come with a probability of alpha.
    private static double BinomialLower(int trials, int successes, double alpha)
    {
        var (low, high) = (0.0, (double)successes / trials);
        for (var i = 0; i < BisectionSteps && successes > 0; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = BinomialTail(trials, successes - 1, middle) > 1 - alpha ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static double BootstrapLower(List<double> values, double alpha, int seed)
    {
        if (values.Count < FewestRows(alpha))
        {
            return double.NaN;
        }

        // Nothing is seen of how values vary: others, no less than 0, may be as frequent as wrong answers after so many right ones.
        if (values.TrueForAll(value => value == values[0]))
        {
            return values[0] < 0 ? double.NegativeInfinity : values[0] * BinomialLower(values.Count, values.Count, alpha);
        }

        var (mean, error) = MeanAndError(values);
#pragma warning disable CA5394 // Resampling needs a seed that recreates it, not secrecy.
        var random = new Random(seed);
        var drawn = new List<double>(values);
        var ratios = new double[Resamples];
        for (var i = 0; i < ratios.Length; i++)
        {
            for (var j = 0; j < values.Count; j++)
            {
                drawn[j] = values[random.Next(values.Count)];
            }

            var (own, ownError) = MeanAndError(drawn);
            ratios[i] = own == mean ? 0 : (own - mean) / ownError;
        }
#pragma warning restore CA5394

        Array.Sort(ratios);
        return mean - (ratios[(int)((1 - alpha) * ratios.Length)] * error);
    }

    private static (double Mean, double Error) MeanAndError(List<double> values)
    {
        double sum = 0, squares = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Count;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, Math.Sqrt(squares / (values.Count - 1) / values.Count));
    }
}

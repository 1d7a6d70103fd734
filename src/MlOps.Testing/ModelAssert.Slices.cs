using System.Globalization;
using MlOps.Statistics;

namespace MlOps.Testing;

/// <content>Slices.</content>
public static partial class ModelAssert
{
    /// <summary>Passes unless a metric surely lies below a floor on a slice of the rows.</summary>
    /// <param name="name">The metric, for the message.</param>
    /// <param name="perRow">The metric's value on each row, such as 1 for a right answer and 0 for a wrong one; NaN rows are left out.</param>
    /// <param name="slices">The slice of each row, such as its carrier; null is a slice of its own.</param>
    /// <param name="floor">What the mean of every slice must reach.</param>
    /// <param name="alpha">The chance, over all slices together, that a model at its floor fails, from 0.0001 to 0.5. Default: 0.05.</param>
    /// <returns>Every slice, the lowest mean first.</returns>
    /// <remarks>
    /// Values of 0 and 1 are judged by the exact binomial test, others by sign flips about the floor; p-values are corrected by Holm's
    /// method. A slice of few rows can be far below without evidence: look at the rows of the slices that are returned.
    /// </remarks>
    /// <exception cref="AssertionFailedException">A slice is below the floor, or there is no row.</exception>
    /// <exception cref="ArgumentException">There is not one slice for each row.</exception>
    public static IReadOnlyList<ModelSlice> SlicesAtLeast(
        string name, ReadOnlySpan<double> perRow, IReadOnlyList<string?> slices, double floor, double alpha = 0.05)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(slices);
        RequireAlpha(alpha);
        if (slices.Count != perRow.Length)
        {
            throw new ArgumentException($"There are {perRow.Length} rows and {slices.Count} slices: give the slice of each row.", nameof(slices));
        }

        var values = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        for (var i = 0; i < perRow.Length; i++)
        {
            var slice = slices[i] ?? "missing";
            if (!values.TryGetValue(slice, out var own))
            {
                values[slice] = own = [];
            }

            if (!double.IsNaN(perRow[i]))
            {
                own.Add(perRow[i]);
            }
        }

        if (values.Values.All(own => own.Count == 0))
        {
            throw new AssertionFailedException($"No row has a value of {name}, so that nothing shows that it reaches its floor.");
        }

        var keys = values.Keys.ToArray();
        var adjusted = new double[keys.Length];
        MultipleTesting.Adjust([.. keys.Select(key => BelowFloor(values[key], floor))], adjusted, MultipleTestingCorrection.Holm);
        ModelSlice[] all =
        [
            .. keys.Select((key, i) => new ModelSlice(key, values[key].Count, values[key].Count == 0 ? double.NaN : values[key].Average(), adjusted[i]))
                .OrderBy(slice => slice.Mean),
        ];
        var failed = all.Where(slice => slice.PValue <= alpha).ToList();
        return failed.Count == 0
            ? all
            : throw new AssertionFailedException(FailureText.Of(
                string.Create(CultureInfo.InvariantCulture, $"The model's {name} is below its floor of {FailureText.Number(floor)} on {failed.Count} of {all.Length} slices."),
                ["slice", "rows", "mean", "adjusted p"],
                [.. failed.Take(ShownRows).Select(slice => (IReadOnlyList<string>)
                    [slice.Slice, slice.Rows.ToString(CultureInfo.InvariantCulture), FailureText.Number(slice.Mean), slice.PValue.ToString("G2", CultureInfo.InvariantCulture)])]));
    }

    private static double BelowFloor(List<double> values, double floor)
    {
        if (values.Count == 0)
        {
            return 1;
        }

        if (floor is > 0 and < 1 && values.TrueForAll(value => value is 0 or 1))
        {
            return BinomialTail(values.Count, (int)values.Sum(), floor);
        }

        var comparison = PairedPermutation.Test([.. values.Select(_ => floor)], [.. values], blocks: default);
        return comparison.MeanDifference > 0 ? comparison.PValueGreater : 1;
    }

    // The chance of at most so many successes; each term from the one before, in logarithms.
    private static double BinomialTail(int trials, int successes, double chance)
    {
        var (log, odds) = (trials * Math.Log(1 - chance), Math.Log(chance) - Math.Log(1 - chance));
        var tail = Math.Exp(log);
        for (var k = 0; k < successes; k++)
        {
            log += Math.Log(trials - k) - Math.Log(k + 1) + odds;
            tail += Math.Exp(log);
        }

        return Math.Min(1, tail);
    }
}

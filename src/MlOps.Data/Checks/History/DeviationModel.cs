using System.Globalization;

namespace MlOps.Data.Checks.History;

/// <summary>The next value lies within so many standard deviations (divisor n - 1) of the mean.</summary>
internal sealed record DeviationModel(double Count) : HistoryModel
{
    public override string Words => string.Create(CultureInfo.InvariantCulture, $"within {Count} standard deviations of the last runs");

    public override int Fewest => 2;

    public override HistoryBounds Expect(ReadOnlySpan<double> values)
    {
        var mean = 0.0;
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        var reach = Count * Math.Sqrt(squares / (values.Length - 1));
        return HistoryBounds.Of(mean - reach, mean + reach);
    }
}

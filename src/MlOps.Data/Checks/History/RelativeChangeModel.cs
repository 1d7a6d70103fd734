using System.Globalization;

namespace MlOps.Data.Checks.History;

/// <summary>The next value lies within shares of the last one.</summary>
internal sealed record RelativeChangeModel(double Down, double Up) : HistoryModel
{
    public override string Words => Down == Up
        ? string.Create(CultureInfo.InvariantCulture, $"within {100 * Up:0.####} % of the last run")
        : string.Create(CultureInfo.InvariantCulture, $"from -{100 * Down:0.####} % to +{100 * Up:0.####} % of the last run");

    public override int Fewest => 1;

    public override HistoryBounds Expect(ReadOnlySpan<double> values)
    {
        var last = values[^1];
        return HistoryBounds.Of(last - (Down * Math.Abs(last)), last + (Up * Math.Abs(last)));
    }
}

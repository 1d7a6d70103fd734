using System.Globalization;
using MlOps.Data.Checks.Measures;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;

namespace MlOps.Data.Checks.Tables;

/// <summary>What sums up a column lies between limits; a column without values has no mean and fails.</summary>
internal sealed record MetricRule(string Of, ColumnMetric Kind, Limits Limits) : TableRule
{
    /// <summary>The rank of a quantile, from 0 to 1.</summary>
    public double Probability { get; init; } = 0.5;

    public override string Name => $"{MetricWords.Of(Kind, Probability)} {Limits}".TrimEnd();

    public override string Metric => $"{MetricWords.Of(Kind, Probability)} of {Of}";

    public override bool HasLimits => Limits.Any;

    public override string Column => Of;

    private bool IsMedian => Kind == ColumnMetric.Quantile && Probability == 0.5;

    private bool NeedsNumbers => Kind < ColumnMetric.Entropy;

    public override ValueTask<TableTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        if (NeedsNumbers)
        {
            CheckColumn.Require(context.Schema, Of, ColumnKind.Number, ColumnKind.Boolean);
        }
        else
        {
            CheckColumn.Require(context.Schema, Of);
        }

        return new(Kind switch
        {
            ColumnMetric.Quantile or ColumnMetric.InterquartileRange => Test(context, () => new NumberQuantiles(Of), OfQuantiles),
            ColumnMetric.Skewness => Test(context, () => new ShapeMoments(Of), shape => shape.Moments.Skewness),
            ColumnMetric.Kurtosis => Test(context, () => new ShapeMoments(Of), shape => shape.Moments.Kurtosis),
            ColumnMetric.Entropy or ColumnMetric.DistinctCount or ColumnMetric.DistinctShare or ColumnMetric.UniqueShare or ColumnMetric.MostCommonShare =>
                Test(context, () => new ValueCounts(Of), OfCounts),
            ColumnMetric.ApproximateDistinctCount => Test(context, () => new DistinctEstimate(Of), sketch => sketch.Estimate),
            ColumnMetric.MissingShare => Test(context, () => new PresentCount(Of), count => count.Rows == 0 ? 0 : 1 - ((double)count.Present / count.Rows)),
            _ => Test(context, () => new NumberMoments(Of), OfMoments),
        });
    }

    public override CheckEntry ToEntry() => new()
    {
        Check = IsMedian ? "median" : MetricWords.NameOf(Kind),
        Column = Of,
        Min = Limits.Min,
        Max = Limits.Max,
        Probability = Kind == ColumnMetric.Quantile && !IsMedian ? Probability : null,
    };

    private MeasureTest<T> Test<T>(CheckContext context, Func<T> create, Func<T, double> value)
        where T : Measure => new(context.Measure(Of, create), measure =>
    {
        var found = value(measure);
        var words = MetricWords.Of(Kind, Probability);
        return new TableOutcome(
            Limits.Allow(found),
            double.IsNaN(found) ? $"no {words}: {Problem(measure)}" : Kind is ColumnMetric.DistinctCount or ColumnMetric.ApproximateDistinctCount
                    ? string.Create(CultureInfo.InvariantCulture, $"{words} {found:#,0}")
                    : $"{words} {Limits.Words(found)}",
            double.IsNaN(found) ? null : found)
        {
            ShowsValues = Kind is ColumnMetric.Minimum or ColumnMetric.Maximum or ColumnMetric.Quantile,
        };
    });

    // Why a measure is NaN.
    private static string Problem(Measure measure) => measure switch
    {
        NumberMoments { Moments: { Count: > 1 } } or NumberQuantiles { Sketch.Count: > 0 } => "infinite values",
        ShapeMoments { Moments: { Count: > 1 } moments } => moments.Minimum == moments.Maximum ? "all values are equal" : "infinite values",
        _ => "too few values",
    };

    private double OfMoments(NumberMoments numbers) => Kind switch
    {
        ColumnMetric.Mean => numbers.Moments.Mean,
        ColumnMetric.StandardDeviation => numbers.Moments.StandardDeviation,
        ColumnMetric.Variance => numbers.Moments.Variance,
        ColumnMetric.Sum => numbers.ExactSum,
        ColumnMetric.Minimum => numbers.Moments.Minimum,
        ColumnMetric.Maximum => numbers.Moments.Maximum,
        _ => (double)numbers.Zeros / numbers.Moments.Count,
    };

    private double OfQuantiles(NumberQuantiles numbers) => Kind == ColumnMetric.Quantile
        ? numbers.Sketch.Quantile(Probability)
        : numbers.Sketch.Quantile(0.75) - numbers.Sketch.Quantile(0.25);

    private double OfCounts(ValueCounts counts) => Kind switch
    {
        ColumnMetric.DistinctCount => counts.Distinct,
        ColumnMetric.DistinctShare => (double)counts.Distinct / counts.Total,
        ColumnMetric.UniqueShare => (double)counts.Counts.Count(count => count == 1) / counts.Total,
        ColumnMetric.MostCommonShare => counts.Total == 0 ? double.NaN : (double)counts.Counts.Max() / counts.Total,
        _ => counts.Total == 0 ? double.NaN : Math.Max(0, -counts.Counts.Sum(count => count * Math.Log((double)count / counts.Total)) / counts.Total),
    };
}

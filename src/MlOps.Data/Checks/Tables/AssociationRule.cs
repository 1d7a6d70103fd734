using System.Globalization;
using MlOps.Data.Checks.Measures;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Profiles;

namespace MlOps.Data.Checks.Tables;

/// <summary>Pearson's correlation of two columns of numbers, or the mutual information in nats of two of categories, lies between limits.</summary>
internal sealed record AssociationRule(string First, string Second, bool Information, Limits Limits) : TableRule
{
    public override string Name => $"{Metric} {Limits}".TrimEnd();

    public override string Metric => $"{Words} of {First} and {Second}";

    public override bool HasLimits => Limits.Any;

    public override IReadOnlyList<string> Columns => [First, Second];

    private string Words => Information ? "mutual information" : "correlation";

    public override ValueTask<TableTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        if (Information)
        {
            var pairs = new PairCounts(context.Shared.Segments(First, context.Schema), context.Shared.Segments(Second, context.Schema));
            return new(new MeasureTest<PairCounts>(pairs, counts => Judge(counts.Information, counts.Count, "too few pairs")));
        }

        CheckColumn.Require(context.Schema, First, ColumnKind.Number, ColumnKind.Boolean);
        CheckColumn.Require(context.Schema, Second, ColumnKind.Number, ColumnKind.Boolean);
        return new(new MeasureTest<CoMoments>(new CoMoments(First, Second), measure => JudgeCorrelation(measure.Moments)));
    }

    public override CheckEntry ToEntry() => new()
    {
        Check = Information ? "mutual_information" : "correlation",
        Column = First,
        Other = Second,
        Min = Limits.Min,
        Max = Limits.Max,
    };

    private TableOutcome JudgeCorrelation(PairMoments moments) => Judge(moments.Correlation, moments.Count, moments switch
    {
        { Count: < 2 } => "too few pairs",
        { Left: 0 } or { Right: 0 } => "a column is constant",
        _ => "infinite values",
    });

    private TableOutcome Judge(double value, long pairs, string problem) => new(
        Limits.Allow(value),
        double.IsNaN(value)
            ? $"no {Words}: {problem}"
            : string.Create(CultureInfo.InvariantCulture, $"{Words} {Limits.Words(value)} over {pairs} pairs"),
        double.IsNaN(value) ? null : value);
}

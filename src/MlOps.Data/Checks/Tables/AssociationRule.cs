using System.Globalization;
using MlOps.Data.Checks.Measures;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;

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
            return new(new MeasureTest<PairCounts>(pairs, counts => Judge(counts.Information, counts.Count)));
        }

        CheckColumn.Require(context.Schema, First, ColumnKind.Number, ColumnKind.Boolean);
        CheckColumn.Require(context.Schema, Second, ColumnKind.Number, ColumnKind.Boolean);
        return new(new MeasureTest<CoMoments>(new CoMoments(First, Second), moments => Judge(moments.Correlation, moments.Count)));
    }

    public override CheckEntry ToEntry() => new()
    {
        Check = Information ? "mutual_information" : "correlation",
        Column = First,
        Other = Second,
        Min = Limits.Min,
        Max = Limits.Max,
    };

    private TableOutcome Judge(double value, long pairs) => new(
        Limits.Allow(value),
        double.IsNaN(value)
            ? $"no {Words}: {(pairs < 2 ? "too few pairs" : "a column is constant")}"
            : string.Create(CultureInfo.InvariantCulture, $"{Words} {value:G6} over {pairs} pairs"),
        double.IsNaN(value) ? null : value);
}

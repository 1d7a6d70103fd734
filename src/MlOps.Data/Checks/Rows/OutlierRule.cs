using System.Globalization;
using System.Runtime.CompilerServices;
using MlOps.Data.Checks.Measures;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;
using MlOps.Data.Operations;

namespace MlOps.Data.Checks.Rows;

/// <summary>A number lies within so many standard deviations of the mean of all.</summary>
/// <remarks>Mean and deviation are known at the end: the column is read again, but only where its range says that something is wrong.</remarks>
internal sealed record OutlierRule(string Of, double ZScore) : RowRule
{
    public override string Name => string.Create(CultureInfo.InvariantCulture, $"within {ZScore} standard deviations of the mean");

    public override string Column => Of;

    public override ValueTask<RowTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        CheckColumn.Require(context.Schema, Of, ColumnKind.Number, ColumnKind.Boolean);
        return new(new Test(this, context.Dataset));
    }

    public override CheckEntry ToEntry() => new() { Check = "outlier_free", Column = Of, ZScore = ZScore };

    private sealed class Test(OutlierRule rule, Dataset dataset) : RowTest
    {
        private readonly NumberMoments _numbers = new(rule.Of);
        private readonly FailureBitmap _seen = new();
        private readonly RowBits _present = new();

        public override bool FailsLate => true;

        public override void Look(RowBatch batch, RowBits judged, RowBits wrong)
        {
            batch.MarkPresent(batch.Ordinal(rule.Of), _present);
            judged.And(_present);
            _numbers.Look(batch, judged);
            _seen.Add(batch.Position, judged);
        }

        public override async IAsyncEnumerable<CheckExample> FinishAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var moments = _numbers.Moments;
            var reach = rule.ZScore * moments.StandardDeviation;
            var (least, most) = (moments.Mean - reach, moments.Mean + reach);
            if (moments.Count < 2 || (moments.Minimum >= least && moments.Maximum <= most))
            {
                yield break;
            }

            await foreach (var batch in DerivedSource.RowsAsync(dataset, [rule.Of], cancellationToken).ConfigureAwait(false))
            {
                var numbers = batch.Numbers(0);
                for (var row = 0; row < numbers.Length; row++)
                {
                    if (_seen[batch.Position + row] && !(numbers[row] >= least && numbers[row] <= most))
                    {
                        yield return new CheckExample(batch.Position + row, batch.TextAt(0, row));
                    }
                }
            }
        }
    }
}

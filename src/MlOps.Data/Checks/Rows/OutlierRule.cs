using System.Globalization;
using System.Runtime.CompilerServices;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;
using MlOps.Data.Operations;
using MlOps.Statistics;

namespace MlOps.Data.Checks.Rows;

/// <summary>A number lies within so many standard deviations of the mean of all.</summary>
/// <remarks>
/// Mean and deviation are those of the finite numbers, and are known at the end: the column is read again, but only where its range says
/// that something is wrong. An infinite number always is.
/// </remarks>
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
        private readonly ChosenNumbers _chosen = new();
        private readonly RowBits _infinite = new();
        private readonly RowBits _finite = new();
        private Moments _moments;
        private bool _hasInfinite;
        private readonly FailureBitmap _seen = new();
        private readonly RowBits _present = new();

        public override bool FailsLate => true;

        public override void Look(RowBatch batch, RowBits judged, RowBits wrong)
        {
            batch.MarkPresent(batch.Ordinal(rule.Of), _present);
            judged.And(_present);
            _seen.Add(batch.Position, judged);
            var numbers = batch.Numbers(batch.Ordinal(rule.Of));
            _infinite.Reset(batch.Length, value: false);
            VectorMarks.Outside<double>(numbers, double.MinValue, double.MaxValue, _infinite.Words);
            _infinite.And(judged);
            _hasInfinite |= _infinite.Count > 0;
            _finite.CopyFrom(judged);
            _finite.AndNot(_infinite);
            _moments = _moments.Merge(Moments.Of(_chosen.Of(numbers, _finite)));
        }

        public override async IAsyncEnumerable<CheckExample> FinishAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var reach = rule.ZScore * _moments.StandardDeviation;

            // Without a deviation, or with one beyond doubles, every finite number is near enough.
            var (least, most) = double.IsFinite(reach)
                ? (Math.Max(_moments.Mean - reach, double.MinValue), Math.Min(_moments.Mean + reach, double.MaxValue))
                : (double.MinValue, double.MaxValue);
            if (!_hasInfinite && (_moments.Count < 2 || (_moments.Minimum >= least && _moments.Maximum <= most)))
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

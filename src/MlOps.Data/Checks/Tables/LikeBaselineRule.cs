using System.Globalization;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;
using MlOps.Statistics;

namespace MlOps.Data.Checks.Tables;

/// <summary>A column is distributed as a baseline; counts alone are kept of it.</summary>
/// <param name="Of">The column.</param>
/// <param name="Reference">The fitted baseline; null where it is fitted on other data when a run starts.</param>
/// <param name="Other">The data to fit it on; null where it is fitted.</param>
/// <param name="Options">When a difference counts.</param>
internal sealed record LikeBaselineRule(string Of, FittedReference? Reference, OtherDataset? Other, DriftOptions Options) : TableRule
{
    public override string Name => Other is null ? "distributed as the baseline" : $"distributed as in {Other.Dataset.Name}";

    public override string Column => Of;

    public override async ValueTask<TableTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var field = CheckColumn.Require(context.Schema, Of, ColumnKind.Number, ColumnKind.Text, ColumnKind.Boolean);
        var reference = Reference ?? (await Other!.Dataset.FitBaselineAsync([Of], cancellationToken).ConfigureAwait(false))[Of];
        var isNumber = ColumnReader.KindOf(field.DataType) == ColumnKind.Number;
        if (isNumber != (reference.Kind == DriftColumnKind.Numeric))
        {
            throw new MlOpsException(
                ErrorCodes.ColumnType, $"the column is of type {field.DataType.Name}, and the baseline is of {(isNumber ? "categories" : "numbers")}");
        }

        // All baselines of a run are one family of tests, or the false alarms of many columns add up.
        var family = context.Shared.Measure((typeof(BaselineFamily), "", Options.ToString()), () => new BaselineFamily(Options));
        return new Test(Of, family, reference.StartSample(), isNumber);
    }

    public override CheckEntry? ToEntry()
    {
        var entry = new CheckEntry { Check = "like_baseline", Column = Of, Data = Other?.Path, Alpha = Options.Alpha, MinimumEffect = Options.MinimumEffect };
        var defaults = new DriftOptions();
        return Other?.Path is null || Options != defaults with { Alpha = Options.Alpha, MinimumEffect = Options.MinimumEffect } ? null : entry with
        {
            Alpha = Options.Alpha == defaults.Alpha ? null : entry.Alpha,
            MinimumEffect = Options.MinimumEffect == defaults.MinimumEffect ? null : entry.MinimumEffect,
        };
    }

    /// <summary>The comparisons of a run that are judged by the same options, corrected for their number at the end.</summary>
    private sealed class BaselineFamily(DriftOptions options)
    {
        private readonly List<CurrentSample> _samples = [];
        private IReadOnlyList<ColumnDrift>? _verdicts;

        public int Add(CurrentSample sample)
        {
            _samples.Add(sample);
            return _samples.Count - 1;
        }

        /// <summary>A verdict, once all rows were seen.</summary>
        public ColumnDrift this[int sample] => (_verdicts ??= DriftReport.Of(_samples.Select(one => one.Compare(options)), options).Columns)[sample];
    }

    private sealed class Test : TableTest
    {
        private readonly string _column;
        private readonly BaselineFamily _family;
        private readonly CurrentSample _sample;
        private readonly bool _isNumber;
        private readonly int _place;
        private readonly ChosenNumbers _chosen = new();

        public Test(string column, BaselineFamily family, CurrentSample sample, bool isNumber)
        {
            (_column, _family, _sample, _isNumber) = (column, family, sample, isNumber);
            _place = family.Add(sample);
        }

        public override bool NeedsRowCount => false;

        public override void Look(RowBatch batch, RowBits rows)
        {
            var ordinal = batch.Ordinal(_column);
            if (!_isNumber)
            {
                var texts = batch.Texts(ordinal);
                foreach (var row in rows)
                {
                    _sample.Add(texts[row]);
                }

                return;
            }

            _sample.Add(_chosen.Of(batch.Numbers(ordinal), rows));
        }

        public override ValueTask<TableOutcome> FinishAsync(long rows, CancellationToken cancellationToken)
        {
            var verdict = _family[_place];
            var sizes = double.IsNaN(verdict.Effect) ? "" : string.Create(
                CultureInfo.InvariantCulture,
                $"{verdict.EffectName} {verdict.Effect:0.####}, smallest found {verdict.SmallestDetectableEffect:0.####}: ");
            return new(new TableOutcome(!verdict.HasDrift, sizes + verdict.Reason, double.IsNaN(verdict.Effect) ? null : verdict.Effect));
        }
    }
}

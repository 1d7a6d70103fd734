using System.Globalization;
using System.Xml;
using MlOps.Data.Checks.Running;
using MlOps.Data.Checks.Storage;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Tables;

/// <summary>The newest time of a column is not older than a span, by the clock of the options, and not in the future.</summary>
internal sealed record FreshRule(string Of, TimeSpan MaxAge, TimeSpan ClockSkew) : TableRule
{
    /// <summary>How far a clock may be ahead of ours.</summary>
    public static readonly TimeSpan DefaultClockSkew = TimeSpan.FromMinutes(5);

    public override string Name => $"not older than {Words(MaxAge)}";

    public override string Column => Of;

    public override ValueTask<TableTest> StartAsync(CheckContext context, CancellationToken cancellationToken)
    {
        CheckColumn.Require(context.Schema, Of, ColumnKind.Time);
        return new(new Test(this, context.Options.TimeProvider.GetUtcNow()));
    }

    public override CheckEntry ToEntry() => new()
    {
        Check = "fresh",
        Column = Of,
        MaxAge = XmlConvert.ToString(MaxAge),
        ClockSkew = ClockSkew == DefaultClockSkew ? null : XmlConvert.ToString(ClockSkew),
    };

    private static string Words(TimeSpan span)
    {
        var (value, unit) = Math.Abs(span.TotalMinutes) switch
        {
            < 2 => (span.TotalSeconds, "seconds"),
            < 120 => (span.TotalMinutes, "minutes"),
            < 2880 => (span.TotalHours, "hours"),
            _ => (span.TotalDays, "days"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {unit}");
    }

    private sealed class Test(FreshRule rule, DateTimeOffset now) : TableTest
    {
        private readonly RowBits _present = new();
        private long _newest = long.MinValue;

        public override bool NeedsRowCount => false;

        public override void Look(RowBatch batch, RowBits rows)
        {
            var ordinal = batch.Ordinal(rule.Of);
            batch.MarkPresent(ordinal, _present);
            _present.And(rows);
            var ticks = batch.Ticks(ordinal);
            foreach (var row in _present)
            {
                _newest = Math.Max(_newest, ticks[row]);
            }
        }

        public override ValueTask<TableOutcome> FinishAsync(long rows, CancellationToken cancellationToken)
        {
            if (_newest == long.MinValue)
            {
                return new(new TableOutcome(false, "no times"));
            }

            var age = TimeSpan.FromTicks(now.UtcTicks - _newest);
            var isFuture = age < -rule.ClockSkew;
            return new(new TableOutcome(
                age <= rule.MaxAge && !isFuture,
                $"newest {ColumnReader.TimeText(_newest)}, {(age < TimeSpan.Zero ? $"{Words(-age)} in the future" : $"{Words(age)} old")}",
                age.TotalSeconds));
        }
    }
}

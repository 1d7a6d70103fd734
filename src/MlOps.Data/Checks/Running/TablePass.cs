using System.Globalization;
using MlOps.Data.Checks.Tables;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Running;

/// <summary>A check on the table during one run: one test of the whole, or one for each segment.</summary>
internal sealed class TablePass(CheckRule rule, CheckContext context) : CheckPass(rule, context)
{
    private readonly List<(TableTest Test, RowBits Rows)> _tests = [];
    private readonly List<long> _counts = [];

    protected override IReadOnlyList<string>? OwnColumns => NeedsCells ? Rule.Table!.Columns : null;

    protected override bool OwnRowCount => Segments is null && Condition is null && _tests[0].Test.NeedsRowCount;

    // Of segments nothing is known before the first row; what tells them apart is read in any case.
    private bool NeedsCells => Rule.Table!.Columns.Count > 0 && (_tests.Count == 0 || _tests[0].Test.NeedsCells);

    protected override async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        if (Rule.History is not null && Context.History is null)
        {
            throw new MlOpsException(ErrorCodes.InvalidConfiguration, "no history is kept: give the options of the run a History");
        }

        if (Segments is null)
        {
            _tests.Add((await Rule.Table!.StartAsync(Context, cancellationToken).ConfigureAwait(false), new RowBits()));
            _counts.Add(0);
        }
    }

    protected override async ValueTask LookAsync(RowBatch batch, RowBits rows, CancellationToken cancellationToken)
    {
        Evaluated += rows.Count;
        if (Segments is null)
        {
            _counts[0] += rows.Count;
            _tests[0].Test.Look(batch, rows);
            return;
        }

        _ = Segments.Of(batch);
        for (var code = _tests.Count; code < Segments.Keys.Count; code++)
        {
            var own = Context with { Scope = string.Create(CultureInfo.InvariantCulture, $"{Context.Scope}\0{Segments.Column}\0{code}") };
            _tests.Add((await Rule.Table!.StartAsync(own, cancellationToken).ConfigureAwait(false), new RowBits()));
            _counts.Add(0);
        }

        LookAtSegments(batch, rows);
    }

    protected override async ValueTask<CheckResult> FindAsync(long rows, CancellationToken cancellationToken)
    {
        if (Segments is null)
        {
            var outcome = await _tests[0].Test.FinishAsync(Evaluated > 0 || Condition is not null ? _counts[0] : rows, cancellationToken).ConfigureAwait(false);
            outcome = Shown(await JudgeAsync(outcome, "", cancellationToken).ConfigureAwait(false));
            return Result(outcome.Passed, outcome.Observed) with { Value = outcome.Value, Expected = outcome.Expected, Examples = outcome.Examples };
        }

        List<CheckSegment> segments = [];
        for (var code = 0; code < _tests.Count; code++)
        {
            if (_counts[code] == 0)
            {
                continue;
            }

            var outcome = await _tests[code].Test.FinishAsync(_counts[code], cancellationToken).ConfigureAwait(false);
            outcome = Shown(await JudgeAsync(outcome, $", {Segments.Column} {(Segments.Keys[code] is { } key ? $"= {key}" : "is missing")}", cancellationToken).ConfigureAwait(false));
            segments.Add(new CheckSegment
            {
                Key = SegmentKey(code),
                Passed = outcome.Passed,
                Evaluated = _counts[code],
                Observed = outcome.Observed,
                Value = outcome.Value,
            });
        }

        var observed = SegmentWords.Of(segments, string.Create(CultureInfo.InvariantCulture, $"all {segments.Count} segments right"));
        return Result(segments.All(segment => segment.Passed), observed) with { Segments = segments };
    }

    private TableOutcome Shown(TableOutcome outcome) => outcome.ShowsValues && Rule.Table!.Columns.Any(Context.Personal.Contains)
        ? outcome with { Observed = Redacted.Text, Value = null, Expected = null }
        : outcome;

    private ValueTask<TableOutcome> JudgeAsync(TableOutcome outcome, string segment, CancellationToken cancellationToken) =>
        Rule.History is null ? new(outcome) : Context.History!.JudgeAsync(Rule, segment, outcome, cancellationToken);

    private void LookAtSegments(RowBatch batch, RowBits rows)
    {
        var codes = Segments!.Of(batch);
        foreach (var (_, own) in _tests)
        {
            own.Reset(batch.Length, value: false);
        }

        foreach (var row in rows)
        {
            _tests[codes[row]].Rows.Set(row);
        }

        for (var code = 0; code < _tests.Count; code++)
        {
            var count = _tests[code].Rows.Count;
            if (count > 0)
            {
                _counts[code] += count;
                _tests[code].Test.Look(batch, _tests[code].Rows);
            }
        }
    }
}

using System.Globalization;
using MlOps.Data.Checks.Rows;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Running;

/// <summary>A check on rows during one run.</summary>
internal sealed class RowPass(CheckRule rule, CheckContext context) : CheckPass(rule, context)
{
    private readonly RowBits _wrong = new();
    private readonly List<CheckExample> _examples = [];
    private readonly List<(long Evaluated, long Failed)> _segments = [];

    // For a test that names rows at the end: the segment of every row seen.
    private readonly List<int> _codes = [];
    private RowTest? _test;

    protected override IReadOnlyList<string>? OwnColumns => Rule.Rows!.Columns;

    protected override bool OwnRowCount => false;

    // Of a rule that names no columns, and reads them all, nothing can be told apart.
    private bool ReadsPersonal => Rule.Rows!.Columns is { Count: > 0 } columns ? columns.Any(Context.Personal.Contains) : Context.Personal.Count > 0;

    public override void Dispose()
    {
        base.Dispose();
        _test?.Dispose();
    }

    protected override async ValueTask StartAsync(CancellationToken cancellationToken) =>
        _test = await Rule.Rows!.StartAsync(Context, cancellationToken).ConfigureAwait(false);

    protected override ValueTask LookAsync(RowBatch batch, RowBits rows, CancellationToken cancellationToken)
    {
        _wrong.Reset(batch.Length, value: false);
        _test!.Look(batch, rows, _wrong);
        _wrong.And(rows);
        Evaluated += rows.Count;
        if (Segments is not null)
        {
            CountSegments(Segments.Of(batch), rows);
        }

        var before = Failures.Count;
        Failures.Add(batch.Position, _wrong);
        if (Failures.Count > before)
        {
            Show(batch);
        }

        return ValueTask.CompletedTask;
    }

    protected override async ValueTask<CheckResult> FindAsync(long rows, CancellationToken cancellationToken)
    {
        if (_test!.FailsLate)
        {
            await foreach (var late in _test.FinishAsync(cancellationToken).ConfigureAwait(false))
            {
                AddLate(late);
            }
        }

        var failed = Failures.Count;
        var observed = failed == 0
            ? string.Create(CultureInfo.InvariantCulture, $"all {Evaluated:#,0} rows right")
            : string.Create(CultureInfo.InvariantCulture, $"{failed:#,0} of {Evaluated:#,0} rows wrong");
        if (Segments is null)
        {
            return Result(IsTolerable(failed, Evaluated), observed) with { Examples = _examples };
        }

        var segments = _segments.Select((counts, code) => new CheckSegment
        {
            Key = SegmentKey(code),
            Passed = IsTolerable(counts.Failed, counts.Evaluated),
            Evaluated = counts.Evaluated,
            Failed = counts.Failed,
            Observed = string.Create(CultureInfo.InvariantCulture, $"{counts.Failed:#,0} of {counts.Evaluated:#,0} rows wrong"),
        }).Where(segment => segment.Evaluated > 0).ToArray();
        return Result(segments.All(segment => segment.Passed), SegmentWords.Of(segments, observed)) with { Examples = _examples, Segments = segments };
    }

    // A rounding error of the share must not fail a row.
    private bool IsTolerable(long failed, long evaluated) => failed <= (1 - Rule.Mostly) * evaluated * (1 + 1e-12);

    private void CountSegments(ReadOnlySpan<int> codes, RowBits judged)
    {
        while (_segments.Count < Segments!.Keys.Count)
        {
            _segments.Add((0, 0));
        }

        var segments = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_segments);
        foreach (var row in judged)
        {
            segments[codes[row]].Evaluated++;
        }

        foreach (var row in _wrong)
        {
            segments[codes[row]].Failed++;
        }

        if (_test!.FailsLate)
        {
            _codes.AddRange(codes);
        }
    }

    private void AddLate(CheckExample late)
    {
        Failures.Set(late.Position);
        if (Segments is not null)
        {
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_segments)[_codes[checked((int)late.Position)]].Failed++;
        }

        if (late.Value is not null && ReadsPersonal)
        {
            late = late with { Value = Redacted.Text };
        }

        var most = Context.Options.MaxExamples;
        var place = _examples.FindIndex(example => example.Position > late.Position);
        _examples.Insert(place < 0 ? _examples.Count : place, late);
        if (_examples.Count > most)
        {
            _examples.RemoveAt(most);
        }
    }

    private void Show(RowBatch batch)
    {
        foreach (var row in _wrong)
        {
            if (_examples.Count >= Context.Options.MaxExamples)
            {
                return;
            }

            _examples.Add(new CheckExample(batch.Position + row, RowWords.Of(batch, row, Rule.Rows!.Columns, Context.Personal)));
        }
    }
}

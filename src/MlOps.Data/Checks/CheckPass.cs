using System.Globalization;
using Apache.Arrow;
using MlOps.Data.Checks.Rows;
using MlOps.Data.Checks.Tables;
using MlOps.Data.Columns;

namespace MlOps.Data;

/// <summary>One check during one run.</summary>
internal sealed class CheckPass
{
    private readonly CheckRule _rule;
    private readonly int _mostExamples;
    private readonly List<CheckExample> _examples = [];
    private readonly RowBits _judged = new();
    private readonly RowBits _wrong = new();
    private RowTest? _rows;
    private TableTest? _table;
    private string? _problem;
    private long _evaluated;

    private CheckPass(CheckRule rule, int mostExamples)
    {
        (_rule, _mostExamples) = (rule, mostExamples);
    }

    /// <summary>The columns to read; null when no cell is needed, empty for all of them.</summary>
    public IReadOnlyList<string>? Columns => _problem is not null ? null
        : _rows is not null ? _rule.Rows!.Columns
        : _table!.NeedsCells ? _rule.Table!.Columns
        : null;

    public bool NeedsRowCount => _problem is null && _table is { NeedsRowCount: true };

    public FailureBitmap Failures { get; } = new();

    /// <summary>Starts a check on data with these columns; one that cannot be asked of them has failed from the start.</summary>
    public static async ValueTask<CheckPass> StartAsync(CheckRule rule, Schema schema, int mostExamples, CancellationToken cancellationToken)
    {
        var pass = new CheckPass(rule, mostExamples);
        try
        {
            if (rule.Rows is { } rows)
            {
                pass._rows = await rows.StartAsync(schema, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                pass._table = await rule.Table!.StartAsync(schema, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (MlOpsException error) when (IsProblem(error))
        {
            pass._problem = error.Message;
        }

        return pass;
    }

    public void Look(RowBatch batch)
    {
        if (_problem is not null)
        {
            return;
        }

        try
        {
            if (_rows is null)
            {
                _judged.Reset(batch.Length, value: true);
                _table!.Look(batch, _judged);
                _evaluated += batch.Length;
                return;
            }

            _judged.Reset(batch.Length, value: false);
            _wrong.Reset(batch.Length, value: false);
            _rows.Look(batch, _judged, _wrong);
            _wrong.And(_judged);
            _evaluated += _judged.Count;
            Failures.Add(batch.Position, _wrong);
            Show(batch);
        }
        catch (MlOpsException error) when (IsProblem(error))
        {
            _problem = error.Message;
        }
    }

    /// <summary>Says what was found.</summary>
    /// <param name="rows">How many rows there were; 0 where nobody needed to know.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async ValueTask<CheckResult> FinishAsync(long rows, CancellationToken cancellationToken)
    {
        var failed = Failures.Count;
        var table = _problem is null && _table is not null ? await _table.FinishAsync(rows, cancellationToken).ConfigureAwait(false) : null;
        return new CheckResult
        {
            Name = _rule.Mostly < 1 ? string.Create(CultureInfo.InvariantCulture, $"{_rule.Name}, mostly {_rule.Mostly:0.####}") : _rule.Name,
            Column = _rule.Column,
            Severity = _rule.Severity,
            Passed = _problem is null && (table?.Passed ?? failed <= (1 - _rule.Mostly) * _evaluated * (1 + 1e-12)),
            Evaluated = _evaluated,
            Failed = failed,
            Mostly = _rule.Mostly,
            Observed = _problem ?? table?.Observed ?? (failed == 0
                ? string.Create(CultureInfo.InvariantCulture, $"all {_evaluated} rows right")
                : string.Create(CultureInfo.InvariantCulture, $"{failed} of {_evaluated} rows wrong")),
            Examples = _examples,
        };
    }

    private static bool IsProblem(MlOpsException error) => error.Code is ErrorCodes.ColumnNotFound or ErrorCodes.ColumnType;

    private void Show(RowBatch batch)
    {
        foreach (var row in _wrong)
        {
            if (_examples.Count == _mostExamples)
            {
                return;
            }

            var read = _rule.Rows!.Columns;
            var columns = read.Count == 0 ? batch.Batch.Schema.FieldsList.Select(field => field.Name) : read;
            var value = read.Count == 1
                ? batch.TextAt(batch.Ordinal(read[0]), row)
                : string.Join(", ", columns.Select(column => $"{column} = {batch.TextAt(batch.Ordinal(column), row) ?? "missing"}"));
            _examples.Add(new CheckExample(batch.Position + row, value));
        }
    }
}

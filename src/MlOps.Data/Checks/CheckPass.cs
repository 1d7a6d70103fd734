using System.Globalization;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data;

/// <summary>One check during one run.</summary>
internal sealed class CheckPass
{
    private readonly int _mostExamples;
    private readonly List<CheckExample> _examples = [];
    private readonly Func<RowBatch, Action<int>, long>? _look;
    private readonly string? _type;
    private string? _problem;
    private long _evaluated;

    public CheckPass(CheckRule rule, Schema schema, int mostExamples)
    {
        Rule = rule;
        _mostExamples = mostExamples;
        foreach (var column in rule.Columns)
        {
            if (schema.GetFieldIndex(column, StringComparer.Ordinal) < 0)
            {
                var nearest = NearestName.Of(column, schema.FieldsList.Select(field => field.Name));
                _problem = $"the data has no column '{column}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")}";
                return;
            }
        }

        if (rule.Column is { } own)
        {
            var field = schema.GetFieldByIndex(schema.GetFieldIndex(own, StringComparer.Ordinal));
            _type = field.DataType.Name;
            if (rule.Kind is { } kind && ColumnReader.KindOf(field.DataType) != kind && !(kind == ColumnKind.Number && !rule.TypeOnly && ColumnReader.KindOf(field.DataType) == ColumnKind.Boolean))
            {
                _problem = $"the column is of type {_type}, a {kind} is needed";
                return;
            }
        }

        _look = rule.Start?.Invoke();
    }

    public CheckRule Rule { get; }

    public bool NeedsRows => _look is not null && _problem is null;

    public FailureBitmap Failures { get; } = new();

    public void Look(RowBatch batch)
    {
        if (_problem is not null)
        {
            return;
        }

        try
        {
            _evaluated += _look!(batch, row => Fail(batch, row));
        }
        catch (MlOpsException error) when (error.Code is ErrorCodes.ColumnNotFound or ErrorCodes.ColumnType)
        {
            _problem = error.Message;
        }
    }

    public CheckResult Finish(long rows)
    {
        var problem = _problem ?? Rule.Table?.Invoke(rows);
        var failed = Failures.Count;
        var passed = problem is null && failed <= (1 - Rule.Mostly) * _evaluated * (1 + 1e-12);
        var observed = problem
            ?? (Rule.Table is not null ? string.Create(CultureInfo.InvariantCulture, $"{rows} rows")
            : Rule.TypeOnly ? $"type {_type}"
            : failed == 0 ? string.Create(CultureInfo.InvariantCulture, $"all {_evaluated} rows right")
            : string.Create(CultureInfo.InvariantCulture, $"{failed} of {_evaluated} rows wrong"));
        return new CheckResult
        {
            Name = Rule.Mostly < 1 ? string.Create(CultureInfo.InvariantCulture, $"{Rule.Name}, mostly {Rule.Mostly:0.####}") : Rule.Name,
            Column = Rule.Column,
            Severity = Rule.Severity,
            Passed = passed,
            Evaluated = _evaluated,
            Failed = failed,
            Mostly = Rule.Mostly,
            Observed = observed,
            Examples = _examples,
        };
    }

    private void Fail(RowBatch batch, int row)
    {
        Failures.Set(batch.Position + row);
        if (_examples.Count < _mostExamples)
        {
            var columns = Rule.Columns.Count == 0 ? batch.Batch.Schema.FieldsList.Select(field => field.Name) : Rule.Columns;
            var value = Rule.Columns.Count == 1
                ? batch.TextAt(batch.Ordinal(Rule.Columns[0]), row)
                : string.Join(", ", columns.Select(column => $"{column} = {batch.TextAt(batch.Ordinal(column), row) ?? "missing"}"));
            _examples.Add(new CheckExample(batch.Position + row, value));
        }
    }
}

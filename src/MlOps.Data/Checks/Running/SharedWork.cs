using Apache.Arrow;

namespace MlOps.Data.Checks.Running;

/// <summary>What the checks of one run work out once for all of them: conditions, segments and measures.</summary>
internal sealed class SharedWork
{
    private readonly Dictionary<string, ConditionRows> _conditions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SegmentColumn> _segments = new(StringComparer.Ordinal);
    private readonly Dictionary<(Type, string, string), object> _measures = [];

    public ConditionRows Condition(RowExpression expression, Schema schema)
    {
        if (!_conditions.TryGetValue(expression.Text, out var condition))
        {
            condition = new ConditionRows(expression.Bind(schema));
            _conditions.Add(expression.Text, condition);
        }

        return condition;
    }

    public SegmentColumn Segments(string column, Schema schema)
    {
        CheckColumn.Require(schema, column);
        if (!_segments.TryGetValue(column, out var segments))
        {
            segments = new SegmentColumn(column);
            _segments.Add(column, segments);
        }

        return segments;
    }

    public T Measure<T>((Type Type, string Scope, string Name) key, Func<T> create)
        where T : class
    {
        if (!_measures.TryGetValue(key, out var measure))
        {
            measure = create();
            _measures.Add(key, measure);
        }

        return (T)measure;
    }
}

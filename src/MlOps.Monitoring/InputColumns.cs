using MlOps.Features;

namespace MlOps.Monitoring;

/// <summary>Gathers the inputs and scores of one version's predictions column by column.</summary>
internal sealed class InputColumns
{
    private readonly Dictionary<string, List<FeatureValue>> _values = new(StringComparer.Ordinal);
    private readonly List<double> _scores = [];
    private IReadOnlyList<string>? _lastNames;
    private List<FeatureValue>[] _lastColumns = [];

    public void Add(PredictionRecord prediction)
    {
        if (!ReferenceEquals(_lastNames, prediction.InputNames))
        {
            _lastNames = prediction.InputNames;
            _lastColumns = [.. prediction.InputNames.Select(ColumnOf)];
        }

        for (var i = 0; i < _lastColumns.Length; i++)
        {
            _lastColumns[i].Add(i < prediction.Inputs.Count ? prediction.Inputs[i] : FeatureValue.Missing);
        }

        _scores.Add(prediction.Score);
        foreach (var column in _values.Values)
        {
            if (column.Count < _scores.Count)
            {
                column.Add(FeatureValue.Missing);
            }
        }
    }

    /// <summary>The columns; instants are left out, as every window has its own.</summary>
    public IReadOnlyList<InputColumn> ToColumns()
    {
        var columns = new List<InputColumn> { new("prediction", [.. _scores], null) };
        foreach (var (name, values) in _values)
        {
            if (values.Exists(value => value.Kind == FeatureValueKind.Text))
            {
                columns.Add(new InputColumn(name, null, [.. values.Select(value => value.AsText())]));
            }
            else if (!values.Exists(value => value.Kind == FeatureValueKind.Time))
            {
                columns.Add(new InputColumn(name, [.. values.Select(value => value.AsNumber())], null));
            }
        }

        return columns;
    }

    private List<FeatureValue> ColumnOf(string name)
    {
        if (!_values.TryGetValue(name, out var column))
        {
            column = [.. Enumerable.Repeat(FeatureValue.Missing, _scores.Count)];
            _values.Add(name, column);
        }

        return column;
    }
}

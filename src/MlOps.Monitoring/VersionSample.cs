using System.Runtime.InteropServices;
using MlOps.Features;
using MlOps.Statistics;

namespace MlOps.Monitoring;

/// <summary>Counts one version's inputs and scores in the cells of its baseline; columns that the baseline lacks are passed over.</summary>
internal sealed class VersionSample
{
    /// <summary>The column of the baseline that holds the scores.</summary>
    public const string ScoreColumn = "prediction";

    private readonly FittedBaseline _baseline;
    private readonly BaselineSample _sample;
    private readonly Dictionary<string, List<double>> _numbers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Action<FeatureValue>? _score;
    private IReadOnlyList<string>? _names;
    private Action<FeatureValue>?[] _adders = [];

    public VersionSample(FittedBaseline baseline)
    {
        _baseline = baseline;
        _sample = baseline.StartSample();
        _score = AdderOf(ScoreColumn);
    }

    public void Add(PredictionRecord prediction)
    {
        if (!ReferenceEquals(_names, prediction.InputNames))
        {
            _names = prediction.InputNames;
            _adders = [.. _names.Select(AdderOf)];
        }

        for (var i = 0; i < Math.Min(_adders.Length, prediction.Inputs.Count); i++)
        {
            _adders[i]?.Invoke(prediction.Inputs[i]);
        }

        _score?.Invoke(prediction.Score);
    }

    public IEnumerable<ColumnDrift> Compare(DriftOptions options)
    {
        foreach (var (column, values) in _numbers)
        {
            _sample[column].Add(CollectionsMarshal.AsSpan(values));
            values.Clear();
        }

        return _baseline.Columns.Where(_seen.Contains).Select(column => _sample[column].Compare(options)).ToList();
    }

    private Action<FeatureValue>? AdderOf(string column)
    {
        if (!_baseline.TryGet(column, out var reference))
        {
            return null;
        }

        _seen.Add(column);
        if (reference.Kind == DriftColumnKind.Categorical)
        {
            var sample = _sample[column];
            return value => sample.Add(value.AsText());
        }

        if (!_numbers.TryGetValue(column, out var numbers))
        {
            _numbers[column] = numbers = [];
        }

        return value => numbers.Add(value.AsNumber());
    }
}

using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Profiles;

/// <summary>The sketches of a profile while batches are added.</summary>
internal sealed class ProfileCollector
{
    private readonly string _name;
    private readonly DataProfileOptions _options;
    private readonly ColumnSketch[] _sketches;
    private readonly int[] _numeric;
    private readonly CorrelationTable? _correlations;
    private long _rows;

    public ProfileCollector(string name, IReadOnlyList<Field> fields, DataProfileOptions options)
    {
        (_name, _options) = (name, options);
        _sketches = [.. fields.Select(field => ColumnSketch.For(field.Name, ColumnReader.KindOf(field.DataType)))];
        _numeric = [.. Enumerable.Range(0, _sketches.Length).Where(i => _sketches[i].Kind == ColumnKind.Number)];
        _correlations = options.Correlations ? new CorrelationTable([.. _numeric.Select(i => _sketches[i].Name)]) : null;
    }

    /// <summary>Counts a batch with the fields' columns in their order.</summary>
    public void Add(RecordBatch batch)
    {
        _rows += batch.Length;
        DatasetProfiling.ForEachColumn(_sketches.Length, batch.Length, i => _sketches[i].Add(batch.Column(i), _name));
        _correlations?.Add(batch, _numeric, _name);
    }

    public DataProfile Complete()
    {
        DatasetProfiling.ForEachColumn(_sketches.Length, (int)Math.Min(_rows, int.MaxValue), i => _sketches[i].Complete());
        foreach (var sketch in _sketches.Where(sketch => _options.PersonalColumns.Contains(sketch.Name, StringComparer.Ordinal)))
        {
            sketch.Redact();
        }

        return new DataProfile(_name, _rows, _sketches, _correlations, _options);
    }
}

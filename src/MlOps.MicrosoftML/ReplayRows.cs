using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlOps.MicrosoftML;

/// <summary>Evenly chosen rows of a data set as a tree ensemble sees them, with the model's score of some of them to check a replay by.</summary>
internal sealed class ReplayRows
{
    /// <summary>A log loss over so many rows has a standard error of about 0.01; between the steps of a curve, which share the rows, it is far less.</summary>
    private const int MaxRows = 2_048;

    private const int MaxChecks = 200;

    /// <summary>A set of rows is held as bits, so many a word.</summary>
    public const int RowsPerWord = 64;

    private readonly float[] _values;
    private readonly int _capacity;
    private readonly int _stride;
    private readonly bool[] _labels;

    private ReplayRows(int columns, int capacity)
    {
        Words = (capacity + RowsPerWord - 1) / RowsPerWord;
        _stride = Words * RowsPerWord;
        _values = new float[columns * _stride];
        _labels = new bool[capacity];
        _capacity = capacity;
    }

    public int Count { get; private set; }

    /// <summary>The length of a set of rows.</summary>
    public int Words { get; }

    public ReadOnlySpan<bool> Labels => _labels.AsSpan(0, Count);

    /// <summary>The model's score of some hundred rows: evenly chosen ones, and the first ones with a missing value.</summary>
    public List<(int Row, float Score)> Checks { get; } = [];

    /// <summary>The values of one of the columns that the trees split on, with zeros behind the last row up to a whole word.</summary>
    public ReadOnlySpan<float> Column(int column) => _values.AsSpan(column * _stride, _stride);

    /// <summary>Makes a set hold every row.</summary>
    public void FillAll(Span<ulong> set)
    {
        for (var word = 0; word < set.Length; word++)
        {
            var rows = Math.Clamp(Count - (word * RowsPerWord), 0, RowsPerWord);
            set[word] = rows == RowsPerWord ? ulong.MaxValue : (1UL << rows) - 1;
        }
    }

    /// <summary>Reads the rows; null when the model's output lacks the features, the score or a label that can be read, or has no rows.</summary>
    /// <param name="mapper">The model; it is asked for the chosen rows alone, which a cursor over its transformed data does not allow.</param>
    /// <param name="data">The model's input.</param>
    /// <param name="features">Positions in the feature vector, ascending: what to keep of it.</param>
    /// <param name="featureColumn">The feature vector's name.</param>
    /// <param name="labelColumn">The label's name.</param>
    public static ReplayRows? Read(IRowToRowMapper mapper, IDataView data, int[] features, string featureColumn, string labelColumn)
    {
        var schema = mapper.OutputSchema;
        if (schema.GetColumnOrNull(featureColumn) is not { } feature || schema.GetColumnOrNull("Score") is not { } score)
        {
            return null;
        }

        var started = Stopwatch.GetTimestamp();
        DataViewSchema.Column[] needed = [feature, schema[labelColumn], score];
        var total = data.GetRowCount() ?? CountRows(data);
        var rows = new ReplayRows(features.Length, (int)Math.Min(total, MaxRows));
        using var cursor = data.GetRowCursor(mapper.GetDependencies(needed));
        using var output = mapper.GetRow(cursor, needed);
        if (LabeledRows.Label(output, schema[labelColumn]) is not { } label)
        {
            return null;
        }

        rows.Fill(cursor, features, output.GetGetter<VBuffer<float>>(feature), label, output.GetGetter<float>(score), total);
        MicrosoftMLTelemetry.RecordScoring(started);
        return rows.Count == 0 ? null : rows;
    }

    private void Fill(
        DataViewRowCursor cursor, int[] features, ValueGetter<VBuffer<float>> featuresOf, Func<double> label, ValueGetter<float> scoreOf, long total)
    {
        var checkEvery = Math.Max(1, _capacity / MaxChecks);
        var checkedMissing = 0;
        VBuffer<float> vector = default;
        float score = default;
        for (long row = 0; Count < _capacity && cursor.MoveNext(); row++)
        {
            if (row < Count * total / _capacity)
            {
                continue;
            }

            featuresOf(ref vector);
            var missing = Keep(vector, features) && checkedMissing < MaxChecks;
            if (missing || Count % checkEvery == 0)
            {
                scoreOf(ref score);
                Checks.Add((Count, score));
                checkedMissing += missing ? 1 : 0;
            }

            _labels[Count++] = label() > 0.5;
        }
    }

    /// <summary>Keeps the current row's values; whether one of them is missing.</summary>
    private bool Keep(in VBuffer<float> vector, int[] features)
    {
        var missing = false;
        var values = vector.GetValues();
        if (vector.IsDense)
        {
            for (var column = 0; column < features.Length; column++)
            {
                var value = values[features[column]];
                _values[(column * _stride) + Count] = value;
                missing |= float.IsNaN(value);
            }

            return missing;
        }

        var indices = vector.GetIndices();
        for (var at = 0; at < indices.Length; at++)
        {
            var column = Array.BinarySearch(features, indices[at]);
            if (column >= 0)
            {
                _values[(column * _stride) + Count] = values[at];
                missing |= float.IsNaN(values[at]);
            }
        }

        return missing;
    }

    private static long CountRows(IDataView view)
    {
        using var cursor = view.GetRowCursor([]);
        long rows = 0;
        while (cursor.MoveNext())
        {
            rows++;
        }

        return rows;
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Measures;

/// <summary>How often each value occurs; exact, so that memory grows with the different values.</summary>
internal sealed class ValueCounts(string column) : Measure
{
    private readonly Dictionary<byte[], long> _texts = new(Utf8Comparer.Instance);
    private readonly Dictionary<double, long> _numbers = [];
    private readonly Dictionary<long, long> _wholes = [];
    private readonly Dictionary<string, long> _others = new(StringComparer.Ordinal);
    private readonly RowBits _present = new();
    private bool _isSingle;

    public long Total { get; private set; }

    public long Distinct => _texts.Count + _numbers.Count + _wholes.Count + _others.Count;

    /// <summary>The counts, in no order.</summary>
    public IEnumerable<long> Counts => _texts.Values.Concat(_numbers.Values).Concat(_wholes.Values).Concat(_others.Values);

    /// <summary>The values as text, with their counts, in no order.</summary>
    public IEnumerable<(string Text, long Count)> Values =>
        _texts.Select(pair => (Encoding.UTF8.GetString(pair.Key), pair.Value))
            .Concat(_numbers.Select(pair => (Text(pair.Key), pair.Value)))
            .Concat(_wholes.Select(pair => (pair.Key.ToString(CultureInfo.InvariantCulture), pair.Value)))
            .Concat(_others.Select(pair => (pair.Key, pair.Value)));

    protected override void Add(RowBatch batch, RowBits rows)
    {
        var ordinal = batch.Ordinal(column);
        batch.MarkPresent(ordinal, _present);
        _present.And(rows);
        Total += _present.Count;
        switch (batch.Batch.Column(ordinal))
        {
            case StringArray texts: AddTexts(new Utf8Column(texts)); break;
            case Int64Array whole: AddWholes(whole.Values); break;
            case FloatArray:
                _isSingle = true;
                AddNumbers(batch.Numbers(ordinal));
                break;
            case UInt64Array or Decimal128Array: AddOthers(batch.Texts(ordinal)); break;
            case var array when ColumnReader.KindOf(array.Data.DataType) == ColumnKind.Number: AddNumbers(batch.Numbers(ordinal)); break;
            default: AddOthers(batch.Texts(ordinal)); break;
        }
    }

    private string Text(double number) => _isSingle
        ? ((float)number).ToString(CultureInfo.InvariantCulture) : number.ToString(CultureInfo.InvariantCulture);

    private void AddTexts(Utf8Column cells)
    {
        var counts = _texts.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach (var row in _present)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, cells[row], out _)++;
        }
    }

    private void AddNumbers(double[] numbers)
    {
        foreach (var row in _present)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_numbers, numbers[row] + 0.0, out _)++;
        }
    }

    private void AddWholes(ReadOnlySpan<long> numbers)
    {
        foreach (var row in _present)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_wholes, numbers[row], out _)++;
        }
    }

    private void AddOthers(string?[] texts)
    {
        foreach (var row in _present)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_others, texts[row]!, out _)++;
        }
    }
}

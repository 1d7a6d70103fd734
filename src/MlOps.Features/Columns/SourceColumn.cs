using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data;
using MlOps.Data.Columns;

namespace MlOps.Features.Columns;

/// <summary>A column of a source as flat arrays: numbers, dictionary-encoded texts or ticks.</summary>
internal sealed class SourceColumn(string dataset, string name, bool isKey)
{
    // Beyond this, neighbouring integers share a double, so two entities could become one.
    private const double LargestExactInteger = 9_007_199_254_740_992;

    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
    private double[] _numbers = [];
    private long[] _ticks = [];
    private int[] _codes = [];

    public string Name => name;

    public int Count { get; private set; }

    /// <summary>Missing until the first batch has been read.</summary>
    public FeatureValueKind Kind { get; private set; }

    public ReadOnlySpan<double> Numbers => _numbers.AsSpan(0, Count);

    public ReadOnlySpan<long> Ticks => _ticks.AsSpan(0, Count);

    public ReadOnlySpan<int> Codes => _codes.AsSpan(0, Count);

    public List<string> Texts { get; } = [];

    public FeatureValue this[int row] => Kind switch
    {
        FeatureValueKind.Number => FeatureValue.Of(_numbers[row]),
        FeatureValueKind.Boolean => double.IsNaN(_numbers[row]) ? default : FeatureValue.Of(_numbers[row] != 0),
        FeatureValueKind.Text => _codes[row] < 0 ? default : FeatureValue.Of(Texts[_codes[row]]),
        FeatureValueKind.Time => _ticks[row] == ColumnReader.MissingTicks ? default : FeatureValue.Of(new DateTimeOffset(_ticks[row], TimeSpan.Zero)),
        _ => default,
    };

    public bool IsMissing(int row) => Kind switch
    {
        FeatureValueKind.Number or FeatureValueKind.Boolean => double.IsNaN(_numbers[row]),
        FeatureValueKind.Text => _codes[row] < 0,
        FeatureValueKind.Time => _ticks[row] == ColumnReader.MissingTicks,
        _ => true,
    };

    public void RequireKind(bool allowed, string use)
    {
        if (!allowed && Kind != FeatureValueKind.Missing)
        {
            throw new MlOpsException(
                ErrorCodes.ColumnType, $"The column '{name}' of the data set '{dataset}' holds {Kind} values; {use}.");
        }
    }

    public void Append(IArrowArray array)
    {
        var reader = new ColumnReader(array, name, dataset);
        switch (reader.Kind)
        {
            case ColumnKind.Number:
                Become(FeatureValueKind.Number);
                var numbers = Grow(ref _numbers, array.Length);
                reader.ReadNumbers(numbers);
                RequireExact(array, numbers);
                break;
            case ColumnKind.Boolean:
                Become(FeatureValueKind.Boolean);
                reader.ReadNumbers(Grow(ref _numbers, array.Length));
                break;
            case ColumnKind.Time:
                Become(FeatureValueKind.Time);
                reader.ReadTicks(Grow(ref _ticks, array.Length));
                break;
            case ColumnKind.Text:
                Become(FeatureValueKind.Text);
                AppendTexts(reader);
                break;
            case ColumnKind.Other when array is NullArray:
                AppendNulls(array.Length);
                break;
            default:
                throw new MlOpsException(
                    ErrorCodes.ColumnType,
                    $"The column '{name}' of the data set '{dataset}' has the type {array.Data.DataType.Name}, which features cannot use: "
                    + "convert it to a number, a text, a truth value or an instant.");
        }
    }

    private void RequireExact(IArrowArray array, ReadOnlySpan<double> numbers)
    {
        if (!isKey || PlainColumns.Of(array.Data.DataType) is not (Int64Type or UInt64Type))
        {
            return;
        }

        foreach (var number in numbers)
        {
            if (Math.Abs(number) > LargestExactInteger)
            {
                throw new MlOpsException(
                    ErrorCodes.ColumnType,
                    $"The key column '{name}' of the data set '{dataset}' holds integers beyond 2^53, which are not told apart as numbers: make it a text.");
            }
        }
    }

    private void Become(FeatureValueKind kind)
    {
        if (Kind == FeatureValueKind.Missing)
        {
            Kind = kind;
            var missing = Count;
            Count = 0;
            AppendNulls(missing);
        }
        else if (Kind != kind)
        {
            throw new MlOpsException(
                ErrorCodes.ColumnType, $"The column '{name}' of the data set '{dataset}' changes its type from {Kind} to {kind} between batches.");
        }
    }

    private Span<T> Grow<T>(ref T[] array, int added)
    {
        var needed = Count + added;
        if (array.Length < needed)
        {
            System.Array.Resize(ref array, Math.Max(needed, 2 * array.Length));
        }

        var span = array.AsSpan(Count, added);
        Count = needed;
        return span;
    }

    private void AppendNulls(int count)
    {
        switch (Kind)
        {
            case FeatureValueKind.Number or FeatureValueKind.Boolean: Grow(ref _numbers, count).Fill(double.NaN); break;
            case FeatureValueKind.Text: Grow(ref _codes, count).Fill(-1); break;
            case FeatureValueKind.Time: Grow(ref _ticks, count).Fill(ColumnReader.MissingTicks); break;
            default: Count += count; break;
        }
    }

    private void AppendTexts(ColumnReader reader)
    {
        var texts = new string?[reader.Length];
        reader.ReadTexts(texts);
        var target = Grow(ref _codes, texts.Length);
        for (var row = 0; row < texts.Length; row++)
        {
            target[row] = CodeOf(texts[row]);
        }
    }

    private int CodeOf(string? text)
    {
        if (text is null)
        {
            return -1;
        }

        if (!_codeOf.TryGetValue(text, out var code))
        {
            code = Texts.Count;
            _codeOf.Add(text, code);
            Texts.Add(text);
        }

        return code;
    }
}

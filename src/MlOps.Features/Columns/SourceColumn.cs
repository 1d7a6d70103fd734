using Apache.Arrow;
using Apache.Arrow.Types;

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

    public const long MissingTicks = long.MinValue;

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
        FeatureValueKind.Time => _ticks[row] == MissingTicks ? default : FeatureValue.Of(new DateTimeOffset(_ticks[row], TimeSpan.Zero)),
        _ => default,
    };

    public bool IsMissing(int row) => Kind switch
    {
        FeatureValueKind.Number or FeatureValueKind.Boolean => double.IsNaN(_numbers[row]),
        FeatureValueKind.Text => _codes[row] < 0,
        FeatureValueKind.Time => _ticks[row] == MissingTicks,
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
        switch (array)
        {
            case DoubleArray a: AppendNumbers(a, value => value); break;
            case FloatArray a: AppendNumbers(a, value => value); break;
            case HalfFloatArray a: AppendNumbers(a, value => (double)value); break;
            case Int8Array a: AppendNumbers(a, value => value); break;
            case Int16Array a: AppendNumbers(a, value => value); break;
            case Int32Array a: AppendNumbers(a, value => value); break;
            case Int64Array a: AppendNumbers(a, value => Exact(value)); break;
            case UInt8Array a: AppendNumbers(a, value => value); break;
            case UInt16Array a: AppendNumbers(a, value => value); break;
            case UInt32Array a: AppendNumbers(a, value => value); break;
            case UInt64Array a: AppendNumbers(a, value => Exact(value)); break;
            case Decimal128Array a: AppendDecimals(a); break;
            case BooleanArray a: AppendBooleans(a); break;
            case TimestampArray a: AppendTimes(a, ((TimestampType)a.Data.DataType).Unit); break;
            case Date32Array a: AppendTicks(a, days => days * TimeSpan.TicksPerDay); break;
            case Date64Array a: AppendTicks(a, milliseconds => milliseconds * TimeSpan.TicksPerMillisecond); break;
            case StringArray a: AppendTexts(a.Length, row => a.GetString(row)); break;
            case LargeStringArray a: AppendTexts(a.Length, row => a.GetString(row)); break;
            case StringViewArray a: AppendTexts(a.Length, row => a.GetString(row)); break;
            case DictionaryArray a: AppendDictionary(a); break;
            case NullArray a: AppendNulls(a.Length); break;
            default:
                throw new MlOpsException(
                    ErrorCodes.ColumnType,
                    $"The column '{name}' of the data set '{dataset}' has the type {array.Data.DataType.Name}, which features cannot use: "
                    + "convert it to a number, a text, a truth value or an instant.");
        }
    }

    private double Exact(double value) => !isKey || Math.Abs(value) <= LargestExactInteger
        ? value
        : throw new MlOpsException(
            ErrorCodes.ColumnType,
            $"The key column '{name}' of the data set '{dataset}' holds integers beyond 2^53, which are not told apart as numbers: make it a text.");

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
            case FeatureValueKind.Time: Grow(ref _ticks, count).Fill(MissingTicks); break;
            default: Count += count; break;
        }
    }

    private void AppendNumbers<T>(PrimitiveArray<T> array, Func<T, double> convert)
        where T : struct, IEquatable<T>
    {
        Become(FeatureValueKind.Number);
        var values = array.Values;
        var target = Grow(ref _numbers, array.Length);
        for (var row = 0; row < target.Length; row++)
        {
            target[row] = array.IsNull(row) ? double.NaN : convert(values[row]);
        }
    }

    private void AppendDecimals(Decimal128Array array)
    {
        Become(FeatureValueKind.Number);
        var target = Grow(ref _numbers, array.Length);
        for (var row = 0; row < target.Length; row++)
        {
            target[row] = array.GetValue(row) is { } value ? (double)value : double.NaN;
        }
    }

    private void AppendBooleans(BooleanArray array)
    {
        Become(FeatureValueKind.Boolean);
        var target = Grow(ref _numbers, array.Length);
        for (var row = 0; row < target.Length; row++)
        {
            target[row] = array.GetValue(row) is { } value ? (value ? 1 : 0) : double.NaN;
        }
    }

    private void AppendTimes(TimestampArray array, TimeUnit unit) => AppendTicks(array, value => unit switch
    {
        TimeUnit.Second => value * TimeSpan.TicksPerSecond,
        TimeUnit.Millisecond => value * TimeSpan.TicksPerMillisecond,
        TimeUnit.Microsecond => value * TimeSpan.TicksPerMicrosecond,
        _ => (value / 100) - (value % 100 < 0 ? 1 : 0),
    });

    private void AppendTicks<T>(PrimitiveArray<T> array, Func<T, long> sinceEpoch)
        where T : struct, IEquatable<T>
    {
        Become(FeatureValueKind.Time);
        var values = array.Values;
        var target = Grow(ref _ticks, array.Length);
        for (var row = 0; row < target.Length; row++)
        {
            var ticks = array.IsNull(row) ? MissingTicks : DateTime.UnixEpoch.Ticks + sinceEpoch(values[row]);
            target[row] = ticks == MissingTicks || (ticks >= 0 && ticks <= DateTime.MaxValue.Ticks)
                ? ticks
                : throw new MlOpsException(
                    ErrorCodes.ColumnType, $"The column '{name}' of the data set '{dataset}' holds an instant outside the years 1 to 9999.");
        }
    }

    private void AppendTexts(int count, Func<int, string?> textAt)
    {
        Become(FeatureValueKind.Text);
        var target = Grow(ref _codes, count);
        for (var row = 0; row < count; row++)
        {
            target[row] = CodeOf(textAt(row));
        }
    }

    private void AppendDictionary(DictionaryArray array)
    {
        var dictionary = new SourceColumn(dataset, name, isKey);
        dictionary.Append(array.Dictionary);
        var indices = new SourceColumn(dataset, name, isKey: false);
        indices.Append(array.Indices);
        dictionary.RequireKind(dictionary.Kind == FeatureValueKind.Text, "a dictionary-encoded column must hold texts");
        AppendTexts(array.Length, row => indices.IsMissing(row) ? null : dictionary[(int)indices._numbers[row]].AsText());
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

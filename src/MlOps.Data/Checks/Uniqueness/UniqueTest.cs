using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Checks.Rows;
using MlOps.Data.Checks.Running;
using MlOps.Data.Columns;
using MlOps.Data.Operations;
using MlOps.Data.Operations.Keys;

namespace MlOps.Data.Checks.Uniqueness;

/// <summary>Marks the rows whose combination of values an earlier row has; rows where one is missing are passed over.</summary>
/// <remarks>One column of numbers or times is held as numbers, anything else as bytes; what exceeds the budget goes to disk.</remarks>
internal sealed class UniqueTest : RowTest
{
    private readonly IReadOnlyList<string> _columns;
    private readonly CheckContext _context;
    private readonly KeyBytes _bytes;
    private readonly RepeatedKeys _keys;
    private readonly RowBits _present = new();
    private readonly bool _isNumber;
    private Int64Set? _numbers;
    private long[] _bits = [];

    private UniqueTest(IReadOnlyList<string> columns, CheckContext context, KeyBytes bytes, bool isNumber)
    {
        (_columns, _context, _bytes, _isNumber) = (columns, context, bytes, isNumber);
        _keys = new RepeatedKeys(Budget, context.Options.TemporaryFolder);
        _numbers = isNumber ? new Int64Set() : null;
    }

    public override bool FailsLate => !_context.DecidesAtOnce;

    private long Budget => _context.DecidesAtOnce ? long.MaxValue : _context.Options.MemoryBudget;

    /// <summary>Starts a test.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/> or <see cref="ErrorCodes.ColumnType"/>: the values cannot be compared.</exception>
    public static UniqueTest Of(IReadOnlyList<string> columns, CheckContext context)
    {
        Field[] fields = [.. columns.Select(column => CheckColumn.Require(context.Schema, column))];
        var bytes = new KeyBytes(columns, [.. fields.Select(field => KeyColumn.For(field, context.Dataset.Name))]);
        return new UniqueTest(columns, context, bytes, fields.Length == 1 && IsNumber(fields[0]));
    }

    public override void Look(RowBatch batch, RowBits judged, RowBits wrong)
    {
        foreach (var column in _columns)
        {
            var ordinal = batch.Ordinal(column);
            if (batch.MayMiss(ordinal))
            {
                batch.MarkPresent(ordinal, _present);
                judged.And(_present);
            }
        }

        if (_isNumber)
        {
            LookAtNumbers(batch, judged, wrong);
            return;
        }

        _bytes.Start(batch.Batch);
        foreach (var row in judged)
        {
            if (_keys.Add(_bytes[row], batch.Position + row))
            {
                wrong.Set(row);
            }
        }
    }

    public override async IAsyncEnumerable<CheckExample> FinishAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var late = new FailureBitmap();
        List<long> shown = [];
        var last = -1L;
        foreach (var position in _keys.Late(cancellationToken))
        {
            late.Set(position);
            last = Math.Max(last, position);
            Keep(shown, position, _context.Options.MaxExamples);
        }

        await foreach (var example in ShowAsync(shown, cancellationToken).ConfigureAwait(false))
        {
            yield return example;
        }

        for (var position = 0L; position <= last; position++)
        {
            if (late[position] && shown.BinarySearch(position) < 0)
            {
                yield return new CheckExample(position, null);
            }
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _keys.Dispose();
    }

    private static bool IsNumber(Field field) => ColumnReader.KindOf(field.DataType) == ColumnKind.Time
        || (ColumnReader.KindOf(field.DataType) == ColumnKind.Number && field.DataType.TypeId is not (
            Apache.Arrow.Types.ArrowTypeId.UInt64 or Apache.Arrow.Types.ArrowTypeId.Decimal128 or Apache.Arrow.Types.ArrowTypeId.Decimal256));

    private static void Keep(List<long> first, long position, int most)
    {
        if (first.Count == most && (most == 0 || position > first[^1]))
        {
            return;
        }

        first.Insert(~first.BinarySearch(position), position);
        if (first.Count > most)
        {
            first.RemoveAt(most);
        }
    }

    // Of the rows that are shown the values are on disk as keys alone: they are read again.
    private async IAsyncEnumerable<CheckExample> ShowAsync(List<long> positions, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (positions.Count == 0)
        {
            yield break;
        }

        await foreach (var batch in DerivedSource.RowsAsync(_context.Dataset, _columns, cancellationToken).ConfigureAwait(false))
        {
            foreach (var position in positions)
            {
                if (position >= batch.Position && position < batch.Position + batch.Length)
                {
                    yield return new CheckExample(position, RowWords.Of(batch, (int)(position - batch.Position), _columns));
                }
            }

            if (positions[^1] < batch.Position + batch.Length)
            {
                yield break;
            }
        }
    }

    private void LookAtNumbers(RowBatch batch, RowBits judged, RowBits wrong)
    {
        var values = Values(batch);
        if (_numbers is not null)
        {
            if (_numbers.TryAdd(values, judged, wrong, Budget))
            {
                return;
            }

            _keys.Spill();
            _numbers.ForEach(number => Write(number, -1));
            _numbers = null;
        }

        foreach (var row in judged)
        {
            Write(values[row], batch.Position + row);
        }
    }

    private void Write(long number, long position)
    {
        Span<byte> key = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(key, number);
        _keys.Add(key, position);
    }

    // Whole numbers as they are, times as ticks, others by their bits; −0 is 0.
    private ReadOnlySpan<long> Values(RowBatch batch)
    {
        var ordinal = batch.Ordinal(_columns[0]);
        var array = batch.Batch.Column(ordinal);
        if (array is Int64Array whole)
        {
            return whole.Values;
        }

        if (ColumnReader.KindOf(array.Data.DataType) == ColumnKind.Time)
        {
            return batch.Ticks(ordinal);
        }

        if (_bits.Length < batch.Length)
        {
            _bits = new long[batch.Length];
        }

        var numbers = batch.Numbers(ordinal);
        var isWhole = array is not (DoubleArray or FloatArray or HalfFloatArray);
        for (var i = 0; i < numbers.Length; i++)
        {
            _bits[i] = isWhole ? (long)numbers[i] : BitConverter.DoubleToInt64Bits(numbers[i] + 0.0);
        }

        return _bits.AsSpan(0, batch.Length);
    }
}

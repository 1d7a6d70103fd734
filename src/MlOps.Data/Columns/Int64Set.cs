using System.Numerics;

namespace MlOps.Data.Columns;

/// <summary>Numbers seen so far: a bit for each where they lie close together, else a flat table of open addressing.</summary>
/// <remarks>The bits are left for the table as soon as they would take more memory than it.</remarks>
internal sealed class Int64Set
{
    // What the table takes for a number: eight bytes at half load.
    private const long TableBits = 128;
    private const long LeastBits = 1 << 16;

    private ulong[]? _bits = [];
    private long _first;
    private long[] _table = [];
    private int _shift;
    private bool _hasZero;

    public long Count { get; private set; }

    /// <summary>Adds numbers.</summary>
    /// <param name="values">A number for each row.</param>
    /// <param name="rows">The rows to add.</param>
    /// <param name="repeated">The rows whose number was there before are marked.</param>
    /// <param name="mostBytes">The memory that may be held, also while the set grows.</param>
    /// <returns>Whether they were added; false, with nothing changed, where that would take more memory.</returns>
    public bool TryAdd(ReadOnlySpan<long> values, RowBits rows, RowBits repeated, long mostBytes)
    {
        var added = rows.Count;
        if (added == 0)
        {
            return true;
        }

        var fits = _bits is not null && Fit(values, rows, added, mostBytes);
        if (!fits && BytesToReserve(Count + added) > mostBytes)
        {
            return false;
        }

        if (_bits is not null && !fits)
        {
            LeaveBits(added);
        }

        if (_bits is not null)
        {
            AddBits(values, rows, repeated);
        }
        else
        {
            Reserve(Count + added);
            AddTable(values, rows, repeated);
        }

        return true;
    }

    /// <summary>Goes through the numbers, in no order.</summary>
    public void ForEach(Action<long> action)
    {
        for (var i = 0; i < _bits?.Length; i++)
        {
            for (var word = _bits[i]; word != 0; word &= word - 1)
            {
                action(_first + (64L * i) + BitOperations.TrailingZeroCount(word));
            }
        }

        if (_hasZero)
        {
            action(0);
        }

        foreach (var value in _table)
        {
            if (value != 0)
            {
                action(value);
            }
        }
    }

    // Makes the bits span all values, unless the table would be smaller or they would take too much memory.
    private bool Fit(ReadOnlySpan<long> values, RowBits rows, int added, long mostBytes)
    {
        var (least, most) = (long.MaxValue, long.MinValue);
        foreach (var row in rows)
        {
            least = Math.Min(least, values[row]);
            most = Math.Max(most, values[row]);
        }

        if (_bits!.Length > 0)
        {
            least = Math.Min(least, _first);
            most = Math.Max(most, _first + (64L * _bits.Length) - 1);
        }

        var span = unchecked((ulong)(most - least));
        var allowed = (ulong)Math.Max(LeastBits, TableBits * (Count + added));
        if (span >= allowed || least < long.MinValue + (1L << 40) || most > long.MaxValue - (1L << 40))
        {
            return false;
        }

        if (_bits.Length > 0 && least == _first && most < _first + (64L * _bits.Length))
        {
            return true;
        }

        // Room to grow on the side on which it grew, within what the table would take.
        var room = Math.Min((long)span, (long)(allowed - span));
        if (_bits.Length > 0)
        {
            (least, most) = least < _first ? (least - room, most) : (least, most + room);
        }

        var first = least & ~63L;
        var words = checked((int)(((most - first) >> 6) + 1));
        if (sizeof(ulong) * (words + (long)_bits.Length) > mostBytes)
        {
            return false;
        }

        var bits = new ulong[words];
        _bits.CopyTo(bits, _bits.Length == 0 ? 0 : (int)((_first - first) >> 6));
        (_bits, _first) = (bits, first);
        return true;
    }

    private void AddBits(ReadOnlySpan<long> values, RowBits rows, RowBits repeated)
    {
        var bits = _bits!;
        var count = 0L;
        foreach (var row in rows)
        {
            var at = values[row] - _first;
            ref var word = ref bits[at >> 6];
            var bit = 1UL << (int)(at & 63);
            if ((word & bit) != 0)
            {
                repeated.Set(row);
            }
            else
            {
                word |= bit;
                count++;
            }
        }

        Count += count;
    }

    private void AddTable(ReadOnlySpan<long> values, RowBits rows, RowBits repeated)
    {
        foreach (var row in rows)
        {
            if (Add(values[row]))
            {
                Count++;
            }
            else
            {
                repeated.Set(row);
            }
        }
    }

    // An empty place holds 0, which therefore has a place of its own.
    private bool Add(long value)
    {
        if (value == 0)
        {
            var isNew = !_hasZero;
            _hasZero = true;
            return isNew;
        }

        var table = _table;
        // The upper half is folded in: doubles of whole numbers differ there alone.
        var place = (int)((ulong)(value ^ (value >> 32)) * 0x9E3779B97F4A7C15 >> _shift);
        while (table[place] != 0)
        {
            if (table[place] == value)
            {
                return false;
            }

            place = (place + 1) & (table.Length - 1);
        }

        table[place] = value;
        return true;
    }

    private void LeaveBits(int added)
    {
        var bits = _bits!;
        _bits = null;
        Reserve(Count + added);
        for (var i = 0; i < bits.Length; i++)
        {
            for (var word = bits[i]; word != 0; word &= word - 1)
            {
                Add(_first + (64L * i) + BitOperations.TrailingZeroCount(word));
            }
        }
    }

    private static int Places(long count) => checked((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, checked((int)(2 * count)))));

    // What is held while the table grows to a number of values; what it holds anyway where it need not.
    private long BytesToReserve(long count) => sizeof(long) * ((_bits?.Length ?? 0) + (long)_table.Length + (Places(count) > _table.Length ? Places(count) : 0));

    private void Reserve(long count)
    {
        var places = Places(count);
        if (places <= _table.Length)
        {
            return;
        }

        var old = _table;
        _table = new long[places];
        _shift = 64 - BitOperations.Log2((uint)places);
        foreach (var value in old)
        {
            if (value != 0)
            {
                Add(value);
            }
        }
    }
}

using System.Numerics;

namespace MlOps.Data.Columns;

/// <summary>One bit a row of a batch: rows chosen, judged, or found wrong. Reused from batch to batch.</summary>
internal sealed class RowBits
{
    private ulong[] _words = [];

    public int Length { get; private set; }

    /// <summary>Row 0 is the lowest bit of the first word; bits past <see cref="Length"/> are 0.</summary>
    public Span<ulong> Words => _words.AsSpan(0, (Length + 63) / 64);

    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in Words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    public bool this[int row] => (_words[row >> 6] & (1UL << (row & 63))) != 0;

    public void Set(int row) => _words[row >> 6] |= 1UL << (row & 63);

    public void Unset(int row) => _words[row >> 6] &= ~(1UL << (row & 63));

    /// <summary>Starts a batch of so many rows, with every bit alike.</summary>
    public void Reset(int length, bool value)
    {
        Length = length;
        if (_words.Length < (length + 63) / 64)
        {
            _words = new ulong[(length + 63) / 64];
        }

        Words.Fill(value ? ulong.MaxValue : 0);
        Trim();
    }

    /// <summary>Sets the bits past the last row to 0: needed after whole words were written.</summary>
    public void Trim()
    {
        if ((Length & 63) != 0)
        {
            _words[Length >> 6] &= (1UL << (Length & 63)) - 1;
        }
    }

    public void CopyFrom(RowBits other)
    {
        Reset(other.Length, false);
        other.Words.CopyTo(Words);
    }

    public void And(RowBits other)
    {
        var own = Words;
        var others = other.Words;
        for (var i = 0; i < own.Length; i++)
        {
            own[i] &= others[i];
        }
    }

    public void AndNot(RowBits other)
    {
        var own = Words;
        var others = other.Words;
        for (var i = 0; i < own.Length; i++)
        {
            own[i] &= ~others[i];
        }
    }

    public void Or(RowBits other)
    {
        var own = Words;
        var others = other.Words;
        for (var i = 0; i < own.Length; i++)
        {
            own[i] |= others[i];
        }
    }

    public void Invert()
    {
        foreach (ref var word in Words)
        {
            word = ~word;
        }

        Trim();
    }

    public Enumerator GetEnumerator() => new(Words);

    /// <summary>Goes through the rows whose bit is set, rising.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<ulong> _words;
        private int _word;
        private ulong _left;

        internal Enumerator(ReadOnlySpan<ulong> words)
        {
            _words = words;
            _word = -1;
        }

        public int Current { get; private set; }

        public bool MoveNext()
        {
            while (_left == 0)
            {
                if (++_word >= _words.Length)
                {
                    return false;
                }

                _left = _words[_word];
            }

            Current = (_word * 64) + BitOperations.TrailingZeroCount(_left);
            _left &= _left - 1;
            return true;
        }
    }
}

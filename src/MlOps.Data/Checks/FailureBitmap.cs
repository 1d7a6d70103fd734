using System.Numerics;
using MlOps.Data.Columns;

namespace MlOps.Data;

/// <summary>One bit a row: whether it failed.</summary>
internal sealed class FailureBitmap
{
    private ulong[] _words = [];

    public long Count { get; private set; }

    /// <summary>Adds the failures of a batch.</summary>
    /// <param name="position">The batch's first row; batches come in order.</param>
    /// <param name="rows">The rows that failed.</param>
    public void Add(long position, RowBits rows)
    {
        var failed = rows.Count;
        if (failed == 0)
        {
            return;
        }

        Count += failed;
        Reserve(position + rows.Length);
        if ((position & 63) != 0)
        {
            foreach (var row in rows)
            {
                _words[(position + row) >> 6] |= 1UL << (int)((position + row) & 63);
            }

            return;
        }

        var words = rows.Words;
        var first = (int)(position >> 6);
        for (var i = 0; i < words.Length; i++)
        {
            _words[first + i] |= words[i];
        }
    }

    /// <summary>Adds one failure, which was none so far.</summary>
    public void Set(long position)
    {
        Reserve(position + 1);
        _words[position >> 6] |= 1UL << (int)(position & 63);
        Count++;
    }

    public bool this[long position]
    {
        get
        {
            var word = (int)(position >> 6);
            return word < _words.Length && (_words[word] & (1UL << (int)(position & 63))) != 0;
        }
    }

    /// <summary>The rows that failed in either.</summary>
    public void UnionWith(FailureBitmap other)
    {
        if (other._words.Length > _words.Length)
        {
            Array.Resize(ref _words, other._words.Length);
        }

        Count = 0;
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] |= i < other._words.Length ? other._words[i] : 0;
            Count += BitOperations.PopCount(_words[i]);
        }
    }

    private void Reserve(long rows)
    {
        var needed = checked((int)((rows + 63) >> 6));
        if (needed > _words.Length)
        {
            Array.Resize(ref _words, Math.Max(needed, Math.Max(16, (int)Math.Min(2L * _words.Length, Array.MaxLength))));
        }
    }
}

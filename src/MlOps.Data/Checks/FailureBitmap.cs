using System.Numerics;

namespace MlOps.Data;

/// <summary>One bit a row: whether it failed.</summary>
internal sealed class FailureBitmap
{
    private ulong[] _words = [];

    public long Count { get; private set; }

    public void Set(long position)
    {
        var word = (int)(position >> 6);
        if (word >= _words.Length)
        {
            Array.Resize(ref _words, Math.Max(word + 1, Math.Max(16, _words.Length * 2)));
        }

        var bit = 1UL << (int)(position & 63);
        Count += (_words[word] & bit) == 0 ? 1 : 0;
        _words[word] |= bit;
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
}

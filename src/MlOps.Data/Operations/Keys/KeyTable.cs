using System.IO.Hashing;

namespace MlOps.Data.Operations.Keys;

/// <summary>Numbers distinct keys from 0 in the order in which they come; their bytes lie in blocks, without an object for each.</summary>
internal sealed class KeyTable
{
    private const int BlockSize = 1 << 20;
    private readonly List<byte[]> _blocks = [];
    private int[] _slots = new int[1024];
    private ulong[] _hashes = new ulong[512];
    private (int Block, int Start, int Length)[] _keys = new (int, int, int)[512];
    private int _used = BlockSize;

    public KeyTable()
    {
        System.Array.Fill(_slots, -1);
    }

    public int Count { get; private set; }

    /// <summary>The memory that the table holds.</summary>
    public long Bytes { get; private set; }

    public ReadOnlySpan<byte> this[int key] => _blocks[_keys[key].Block].AsSpan(_keys[key].Start, _keys[key].Length);

    /// <summary>The memory that a key takes: beside its bytes a place, a hash and two to four slots, in arrays that are half empty at worst.</summary>
    public static long BytesOf(ReadOnlySpan<byte> key) => key.Length + 48;

    /// <summary>A key's number; -1 where it never came.</summary>
    public int Find(ReadOnlySpan<byte> key) => _slots[Slot(key, XxHash3.HashToUInt64(key))];

    /// <summary>A key's number, and whether it came for the first time.</summary>
    public int Add(ReadOnlySpan<byte> key, out bool isNew)
    {
        var hash = XxHash3.HashToUInt64(key);
        var slot = Slot(key, hash);
        isNew = _slots[slot] < 0;
        if (!isNew)
        {
            return _slots[slot];
        }

        if (Count == _hashes.Length)
        {
            System.Array.Resize(ref _hashes, 2 * Count);
            System.Array.Resize(ref _keys, 2 * Count);
            _slots = new int[4 * Count];
            System.Array.Fill(_slots, -1);
            for (var i = 0; i < Count; i++)
            {
                var place = (int)(_hashes[i] & (ulong)(_slots.Length - 1));
                while (_slots[place] >= 0)
                {
                    place = (place + 1) & (_slots.Length - 1);
                }

                _slots[place] = i;
            }

            slot = Slot(key, hash);
        }

        _hashes[Count] = hash;
        _keys[Count] = Store(key);
        return _slots[slot] = Count++;
    }

    private (int Block, int Start, int Length) Store(ReadOnlySpan<byte> key)
    {
        if (_blocks.Count == 0 || key.Length > _blocks[^1].Length - _used)
        {
            _blocks.Add(new byte[Math.Max(BlockSize, key.Length)]);
            _used = 0;
        }

        var start = _used;
        key.CopyTo(_blocks[^1].AsSpan(start));
        _used += key.Length;

        Bytes += BytesOf(key);
        return (_blocks.Count - 1, start, key.Length);
    }

    private int Slot(ReadOnlySpan<byte> key, ulong hash)
    {
        var mask = _slots.Length - 1;
        var slot = (int)(hash & (ulong)mask);
        while (_slots[slot] is >= 0 and var at && (_hashes[at] != hash || !this[at].SequenceEqual(key)))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }
}

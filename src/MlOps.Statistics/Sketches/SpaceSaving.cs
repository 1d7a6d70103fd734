namespace MlOps.Statistics;

/// <summary>Finds the most frequent texts of a stream in bounded memory (Metwally, Agrawal and El Abbadi, 2005).</summary>
/// <remarks>
/// Every text that makes up more than 1 / <see cref="Capacity"/> of the stream is among the counters, and no count is too low; while there
/// are no more distinct texts than counters, all counts are exact. Not safe for concurrent use.
/// </remarks>
public sealed class SpaceSaving
{
    private readonly Dictionary<string, int> _slots;
    private readonly List<(string Value, long Count, long Error)> _heap = [];

    /// <summary>Creates an empty sketch.</summary>
    /// <param name="capacity">The number of counters, 1 or more.</param>
    public SpaceSaving(int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        _slots = new Dictionary<string, int>(StringComparer.Ordinal);
    }

    /// <summary>The number of counters.</summary>
    public int Capacity { get; }

    /// <summary>How many texts were added.</summary>
    public long Count { get; private set; }

    /// <summary>Whether all counts are exact.</summary>
    public bool IsExact { get; private set; } = true;

    /// <summary>Adds a text.</summary>
    public void Add(string value, long count = 1) => Add(value, count, 0);

    /// <summary>Adds a text without making a string of it when it already has a counter.</summary>
    public void Add(ReadOnlySpan<char> value)
    {
        if (_slots.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(value, out var slot))
        {
            Count++;
            Increase(slot, 1, 0);
            return;
        }

        Add(value.ToString(), 1, 0);
    }

    /// <summary>
    /// Takes in another sketch of the same capacity, which stays as it is; what the other had no counter for may have come as often as its
    /// least count.
    /// </summary>
    public void Merge(SpaceSaving other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Capacity != Capacity)
        {
            // A larger sketch would be left with free counters, and a text that takes one would start at 0 although it may have come before.
            throw new ArgumentException($"A sketch of {other.Capacity} counters cannot be merged into one of {Capacity}.", nameof(other));
        }

        // A text without a counter in a full sketch may still have come as often as that sketch's least counter.
        var unseenHere = IsExact ? 0 : _heap[0].Count;
        var unseenThere = other.IsExact ? 0 : other._heap[0].Count;
        var total = Count + other.Count;
        var merged = new Dictionary<string, (long Count, long Error)>(StringComparer.Ordinal);
        foreach (var (value, count, error) in _heap)
        {
            merged[value] = (count, error);
        }

        foreach (var (value, count, error) in other._heap)
        {
            merged[value] = merged.TryGetValue(value, out var mine)
                ? (mine.Count + count, mine.Error + error)
                : (count + unseenHere, error + unseenHere);
        }

        if (unseenThere > 0)
        {
            foreach (var (value, count, error) in _heap.Where(entry => !other._slots.ContainsKey(entry.Value)))
            {
                merged[value] = (count + unseenThere, error + unseenThere);
            }
        }

        IsExact = IsExact && other.IsExact && merged.Count <= Capacity;
        _heap.Clear();
        _slots.Clear();
        foreach (var (value, (count, error)) in merged
            .OrderByDescending(entry => entry.Value.Count).ThenBy(entry => entry.Key, StringComparer.Ordinal).Take(Capacity).Reverse())
        {
            _slots[value] = _heap.Count;
            _heap.Add((value, count, error));
        }

        Count = total;
    }

    /// <summary>The most frequent texts, most frequent first, ties by ordinal order.</summary>
    public IReadOnlyList<HeavyHitter> Top(int count) =>
    [
        .. _heap.OrderByDescending(entry => entry.Count).ThenBy(entry => entry.Value, StringComparer.Ordinal).Take(count)
            .Select(entry => new HeavyHitter(entry.Value, entry.Count, entry.Error)),
    ];

    private void Add(string value, long count, long error)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count += count;
        if (_slots.TryGetValue(value, out var slot))
        {
            Increase(slot, count, error);
        }
        else if (_heap.Count < Capacity)
        {
            _slots[value] = _heap.Count;
            _heap.Add((value, count, error));
            SiftUp(_heap.Count - 1);
        }
        else
        {
            // The least counter is taken over: its count is how much the newcomer may be overestimated by.
            IsExact = false;
            var least = _heap[0];
            _slots.Remove(least.Value);
            _slots[value] = 0;
            _heap[0] = (value, least.Count + count, least.Count);
            SiftDown(0);
        }
    }

    private void Increase(int slot, long count, long error)
    {
        var entry = _heap[slot];
        _heap[slot] = (entry.Value, entry.Count + count, entry.Error + error);
        SiftDown(slot);
    }

    private void SiftUp(int slot)
    {
        while (slot > 0 && _heap[(slot - 1) / 2].Count > _heap[slot].Count)
        {
            Swap(slot, (slot - 1) / 2);
            slot = (slot - 1) / 2;
        }
    }

    private void SiftDown(int slot)
    {
        while (true)
        {
            var child = (2 * slot) + 1;
            if (child >= _heap.Count)
            {
                return;
            }

            if (child + 1 < _heap.Count && _heap[child + 1].Count < _heap[child].Count)
            {
                child++;
            }

            if (_heap[child].Count >= _heap[slot].Count)
            {
                return;
            }

            Swap(slot, child);
            slot = child;
        }
    }

    private void Swap(int left, int right)
    {
        (_heap[left], _heap[right]) = (_heap[right], _heap[left]);
        _slots[_heap[left].Value] = left;
        _slots[_heap[right].Value] = right;
    }
}

using System.Runtime.InteropServices;

namespace MlOps.Statistics;

/// <summary>Finds the most frequent texts of a stream in bounded memory (Metwally, Agrawal and El Abbadi, 2005).</summary>
/// <remarks>
/// <para>
/// Every text that makes up more than 1 / <see cref="Capacity"/> of the stream is among the counters, and no count is too low; while there
/// are no more distinct texts than counters, all counts are exact. A text without a counter came at most <see cref="UnseenBound"/> times.
/// </para>
/// <para>
/// This covers Misra–Gries (1982) too: with one counter less, its count of a text is the count here less the least count (Agarwal et al.,
/// "Mergeable summaries", 2012); <see cref="HeavyHitter.Count"/> − <see cref="HeavyHitter.Error"/> bounds a count from below at least as
/// well. Not safe for concurrent use. Adding allocates only when a text not seen before gets a counter.
/// </para>
/// </remarks>
public sealed class SpaceSaving
{
    private const uint Tag = 0x5653534D; // "MSSV"
    private readonly Dictionary<string, int> _slots;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _slotsByCharacters;

    // A text and its error stay in their slot; the heap, least count first, holds the counts, and each slot knows its place in it.
    private readonly List<(string Value, long Error)> _texts = [];
    private readonly List<int> _places = [];
    private readonly List<(long Count, int Slot)> _heap = [];

    /// <summary>Creates an empty sketch.</summary>
    /// <param name="capacity">The number of counters, 1 or more.</param>
    public SpaceSaving(int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        _slots = new Dictionary<string, int>(StringComparer.Ordinal);
        _slotsByCharacters = _slots.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The number of counters.</summary>
    public int Capacity { get; }

    /// <summary>How many texts were added.</summary>
    public long Count { get; private set; }

    /// <summary>Whether all counts are exact.</summary>
    public bool IsExact { get; private set; } = true;

    /// <summary>How often a text without a counter came at most; 0 while all counts are exact.</summary>
    public long UnseenBound => IsExact ? 0 : _heap[0].Count;

    /// <summary>Adds a text.</summary>
    /// <param name="value">The text.</param>
    /// <param name="count">How often it came, 1 or more.</param>
    public void Add(string value, long count = 1)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (_slots.TryGetValue(value, out var slot))
        {
            Increase(slot, count);
        }
        else
        {
            Insert(value, count);
        }
    }

    /// <summary>Adds a text without making a string of it when it already has a counter.</summary>
    public void Add(ReadOnlySpan<char> value)
    {
        if (_slotsByCharacters.TryGetValue(value, out var slot))
        {
            Increase(slot, 1);
        }
        else
        {
            Insert(value.ToString(), 1);
        }
    }

    /// <summary>Takes in texts that were counted exactly elsewhere, such as a batch: the error grows by the least count given, and only when some were left out.</summary>
    /// <param name="most">Different texts with their counts, 1 or more each.</param>
    /// <param name="leftOut">How many further texts came, none of them more often than any of <paramref name="most"/>, which are then at least <see cref="Capacity"/>.</param>
    public void AddCounted(IReadOnlyCollection<KeyValuePair<string, long>> most, long leftOut = 0)
    {
        ArgumentNullException.ThrowIfNull(most);
        ArgumentOutOfRangeException.ThrowIfNegative(leftOut);
        if (leftOut > 0 && most.Count < Capacity)
        {
            throw new ArgumentException($"With texts left out, the {Capacity} most frequent are needed, not {most.Count}.", nameof(most));
        }

        var counted = new SpaceSaving(
            Capacity)
        { Count = checked(leftOut + most.Sum(text => text.Value)), IsExact = leftOut == 0 && most.Count <= Capacity };
        counted.Fill(most.OrderByDescending(text => text.Value).ThenBy(text => text.Key, StringComparer.Ordinal).Take(Capacity).Reverse()
            .Select(text => text.Value < 1
                ? throw new ArgumentOutOfRangeException(nameof(most), text.Value, $"'{text.Key}' came at least once.")
                : new HeavyHitter(text.Key, text.Value, 0)));
        Merge(counted);
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
            // A larger sketch would be left with free counters; a text that takes one would start at 0 although it may have come before.
            throw new ArgumentException($"A sketch of {other.Capacity} counters cannot be merged into one of {Capacity}.", nameof(other));
        }

        // A text without a counter in a full sketch may still have come as often as that sketch's least counter.
        long unseenHere = UnseenBound, unseenThere = other.UnseenBound;
        var total = checked(Count + other.Count);
        var merged = new Dictionary<string, (long Count, long Error)>(StringComparer.Ordinal);
        foreach (var counter in Counters())
        {
            var unseen = other._slots.ContainsKey(counter.Value) ? 0 : unseenThere;
            merged[counter.Value] = (counter.Count + unseen, counter.Error + unseen);
        }

        foreach (var counter in other.Counters())
        {
            var (count, error) = merged.TryGetValue(counter.Value, out var mine) ? mine : (unseenHere, unseenHere);
            merged[counter.Value] = (count + counter.Count, error + counter.Error);
        }

        IsExact = IsExact && other.IsExact && merged.Count <= Capacity;
        Count = total;
        Fill(merged.Select(entry => new HeavyHitter(entry.Key, entry.Value.Count, entry.Value.Error))
            .OrderByDescending(hitter => hitter.Count).ThenBy(hitter => hitter.Value, StringComparer.Ordinal).Take(Capacity).Reverse());
    }

    /// <summary>The most frequent texts, most frequent first, ties by ordinal order.</summary>
    public IReadOnlyList<HeavyHitter> Top(int count) =>
    [
        .. Counters().OrderByDescending(counter => counter.Count).ThenBy(counter => counter.Value, StringComparer.Ordinal).Take(count),
    ];

    /// <summary>Writes the compact, versioned and checksummed form.</summary>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Count(Capacity);
        writer.Count(Count);
        writer.Count(IsExact ? 1 : 0);
        writer.Count(_heap.Count);
        foreach (var counter in Counters())
        {
            writer.Text(counter.Value);
            writer.Count(counter.Count);
            writer.Count(counter.Error);
        }

        return writer.Complete();
    }

    /// <summary>Reads what <see cref="ToArray"/> wrote; the sketch goes on as the one that was written would.</summary>
    /// <exception cref="FormatException">The bytes are damaged or of another version.</exception>
    public static SpaceSaving Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "Space-Saving sketch");
        var capacity = reader.Count();
        if (capacity is < 1 or > int.MaxValue)
        {
            throw PayloadReader.Damaged();
        }

        var sketch = new SpaceSaving((int)capacity) { Count = reader.Count(), IsExact = reader.Count() == 1 };
        var hitters = new HeavyHitter[reader.Length(3)];
        long sure = 0;
        for (var i = 0; i < hitters.Length; i++)
        {
            var hitter = new HeavyHitter(reader.Text(), reader.Count(), reader.Count());
            var isPossible = hitter.Count >= 1 && hitter.Error < hitter.Count && hitter.Count <= sketch.Count
                && hitter.Count - hitter.Error <= sketch.Count - sure && (i == 0 || hitter.Count >= hitters[(i - 1) / 2].Count);
            if (!isPossible || (sketch.IsExact && hitter.Error > 0))
            {
                throw PayloadReader.Damaged();
            }

            hitters[i] = hitter;
            sure += hitter.Count - hitter.Error;
        }

        reader.End();
        sketch.Fill(hitters);
        var isComplete = sketch.IsExact ? hitters.Length <= capacity && sure == sketch.Count : hitters.Length == capacity;
        return isComplete && sketch._slots.Count == hitters.Length ? sketch : throw PayloadReader.Damaged();
    }

    // In heap order.
    private IEnumerable<HeavyHitter> Counters() =>
        _heap.Select(entry => new HeavyHitter(_texts[entry.Slot].Value, entry.Count, _texts[entry.Slot].Error));

    // Takes counters in heap order, of which an ascending one is an instance.
    private void Fill(IEnumerable<HeavyHitter> hitters)
    {
        HeavyHitter[] counters = [.. hitters];
        _slots.Clear();
        _texts.Clear();
        _places.Clear();
        _heap.Clear();
        foreach (var counter in counters)
        {
            Append(counter);
        }
    }

    private void Append(HeavyHitter counter)
    {
        var slot = _texts.Count;
        _slots[counter.Value] = slot;
        _texts.Add((counter.Value, counter.Error));
        _places.Add(slot);
        _heap.Add((counter.Count, slot));
    }

    private void Insert(string value, long count)
    {
        Count = checked(Count + count);
        if (_texts.Count < Capacity)
        {
            Append(new HeavyHitter(value, count, 0));
            SiftUp(_heap.Count - 1);
            return;
        }

        // The least counter is taken over: its count is how much the newcomer may be overestimated by.
        IsExact = false;
        var (least, slot) = _heap[0];
        _slots.Remove(_texts[slot].Value);
        _slots[value] = slot;
        _texts[slot] = (value, least);
        SiftDown((least + count, slot), 0);
    }

    private void Increase(int slot, long count)
    {
        Count = checked(Count + count);
        var place = _places[slot];
        SiftDown((_heap[place].Count + count, slot), place);
    }

    private void SiftUp(int place)
    {
        var entry = _heap[place];
        while (place > 0 && _heap[(place - 1) / 2].Count > entry.Count)
        {
            Put(_heap[(place - 1) / 2], place);
            place = (place - 1) / 2;
        }

        Put(entry, place);
    }

    // Puts an entry at a place or as far below it as its count belongs.
    private void SiftDown((long Count, int Slot) entry, int place)
    {
        var heap = CollectionsMarshal.AsSpan(_heap);
        for (var child = (2 * place) + 1; child < heap.Length; child = (2 * place) + 1)
        {
            if (child + 1 < heap.Length && heap[child + 1].Count < heap[child].Count)
            {
                child++;
            }

            if (heap[child].Count >= entry.Count)
            {
                break;
            }

            Put(heap[child], place);
            place = child;
        }

        Put(entry, place);
    }

    private void Put((long Count, int Slot) entry, int place)
    {
        _heap[place] = entry;
        _places[entry.Slot] = place;
    }
}

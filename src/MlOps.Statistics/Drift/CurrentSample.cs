namespace MlOps.Statistics;

/// <summary>Counts of a current sample in the cells of a reference; keeps no value, only counts and the names of new categories.</summary>
/// <remarks>Not safe for concurrent use: give each thread its own and <see cref="Merge"/> them, in any order.</remarks>
public sealed class CurrentSample
{
    /// <summary>The most new categories counted one by one: the first in ordinal order, so that the order of arrival does not matter.</summary>
    internal const int MaximumNewCategories = 4096;

    private const uint Tag = 0x5343_4C4D; // "MLCS"
    private readonly FittedReference _reference;
    private readonly string _column;
    private readonly long[] _counts;
    private readonly SortedDictionary<string, long> _added = new(StringComparer.Ordinal);
    private long _overflow;
    private string? _last;

    internal CurrentSample(FittedReference reference, string column)
    {
        _reference = reference;
        _column = column;
        _counts = new long[reference.Counts.Length];
    }

    /// <summary>The values counted that are not missing.</summary>
    public long Count { get; private set; }

    /// <summary>The values counted that are missing.</summary>
    public long MissingCount { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, of a newer format, or were counted against another reference.</exception>
    public static CurrentSample Read(FittedReference reference, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var reader = new PayloadReader(bytes, Tag, "current sample");
        if (reader.Fixed() != reference.Checksum)
        {
            throw new FormatException("This sample was counted against another reference; give the one it was started from.");
        }

        var sample = new CurrentSample(reference, reader.Text()) { MissingCount = reader.Count(), _overflow = reader.Count() };
        sample.Count = sample._overflow;
        for (var i = 0; i < sample._counts.Length; i++)
        {
            sample._counts[i] = reader.Count();
            sample.Grow(sample._counts[i]);
        }

        var added = reader.Length(2);
        for (var i = 0; i < added; i++)
        {
            var name = reader.Text();
            var count = reader.Count();
            sample.Grow(count);
            if (!sample._added.TryAdd(name, count))
            {
                throw PayloadReader.Damaged();
            }
        }

        reader.End();
        return sample;
    }

    /// <summary>Counts a number; NaN is missing.</summary>
    /// <exception cref="InvalidOperationException">The reference holds categories.</exception>
    public void Add(double value) => Add([value]);

    /// <summary>Counts numbers; NaN is missing.</summary>
    /// <exception cref="InvalidOperationException">The reference holds categories.</exception>
    public void Add(ReadOnlySpan<double> values)
    {
        RequireKind(DriftColumnKind.Numeric);
        var missing = CellSearch.Count(_reference.Edges, values, _counts);
        MissingCount += missing;
        Count += values.Length - missing;
    }

    /// <summary>Counts a category, compared by ordinal; null is missing.</summary>
    /// <exception cref="InvalidOperationException">The reference holds numbers.</exception>
    public void Add(string? value)
    {
        RequireKind(DriftColumnKind.Categorical);
        if (value is null)
        {
            MissingCount++;
            return;
        }

        Count++;
        if (_reference.Positions.TryGetValue(value, out var position))
        {
            _counts[position]++;
        }
        else if (_reference.IsHashed)
        {
            _counts[FittedReference.HashCell(value, _counts.Length)]++;
        }
        else
        {
            AddNew(value, 1);
        }
    }

    /// <summary>Adds the counts of another sample of the same reference; the result does not depend on the order of merges.</summary>
    /// <exception cref="ArgumentException">The other sample has another reference.</exception>
    public void Merge(CurrentSample other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._reference.Checksum != _reference.Checksum)
        {
            throw new ArgumentException("The other sample was counted against another reference, so its cells are not these.", nameof(other));
        }

        Count += other.Count;
        MissingCount += other.MissingCount;
        _overflow += other._overflow;
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        foreach (var (name, count) in other._added.ToArray())
        {
            AddNew(name, count);
        }
    }

    /// <summary>The counts as bytes, bound to the reference by its checksum.</summary>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Fixed(_reference.Checksum);
        writer.Text(_column);
        writer.Count(MissingCount);
        writer.Count(_overflow);
        foreach (var count in _counts)
        {
            writer.Count(count);
        }

        writer.Count(_added.Count);
        foreach (var (name, count) in _added)
        {
            writer.Text(name);
            writer.Count(count);
        }

        return writer.Complete();
    }

    /// <summary>Compares what was counted so far with the reference, this column alone: no correction for other columns.</summary>
    /// <remarks>Give the results of all columns to <see cref="DriftReport.Of"/>, or the false alarms of many columns add up.</remarks>
    public ColumnDrift Compare(DriftOptions? options = null)
    {
        options ??= new DriftOptions();
        options.Check();
        var sizes = new ColumnSizes(_column, _reference.Count, _reference.MissingCount, Count, MissingCount);
        if (_reference.Kind == DriftColumnKind.Numeric)
        {
            var distance = NumericCells.Distance(_reference.Counts, _counts, _reference.Count, Count);
            var groups = ColumnComparison.Grouped(_reference.Counts, _reference.Counts);
            return ColumnComparison.Numeric(sizes, distance, groups, ColumnComparison.Grouped(_reference.Counts, _counts), options);
        }

        var cells = Cells();
        var vanished = Count == 0 ? [] : _reference.Names.Where((_, i) => _counts[i] == 0).ToArray();
        return ColumnComparison.Categorical(sizes, cells, [.. _added.Keys], vanished, options);
    }

    /// <summary>All categories in the order of their names, new ones among the others.</summary>
    private CategoryCells Cells()
    {
        if (_added.Count == 0)
        {
            return new CategoryCells(_reference.Counts, [.. _counts], _overflow);
        }

        var length = _counts.Length + _added.Count;
        string[] names = [.. _reference.Names, .. _added.Keys];
        var order = Enumerable.Range(0, length).ToArray();
        Array.Sort(names, order, StringComparer.Ordinal);
        long[] reference = [.. _reference.Counts, .. new long[_added.Count]];
        long[] current = [.. _counts, .. _added.Values];
        return new CategoryCells([.. order.Select(i => reference[i])], [.. order.Select(i => current[i])], _overflow);
    }

    private void AddNew(string name, long count)
    {
        if (_added.TryGetValue(name, out var known))
        {
            _added[name] = known + count;
            return;
        }

        if (_added.Count == MaximumNewCategories)
        {
            _last ??= _added.Keys.Last();
            if (string.CompareOrdinal(name, _last) > 0)
            {
                _overflow += count;
                return;
            }

            _overflow += _added[_last];
            _added.Remove(_last);
        }

        _added.Add(name, count);
        _last = null;
    }

    private void Grow(long count) => Count = Count > long.MaxValue - count ? throw PayloadReader.Damaged() : Count + count;

    private void RequireKind(DriftColumnKind kind)
    {
        if (_reference.Kind != kind)
        {
            throw new InvalidOperationException(
                $"The reference of column '{_column}' is {_reference.Kind}; add {(kind == DriftColumnKind.Numeric ? "strings" : "numbers")} to it.");
        }
    }
}

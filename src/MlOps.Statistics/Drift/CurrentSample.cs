using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace MlOps.Statistics;

/// <summary>
/// Counts of a current sample in the cells of a reference; keeps no rows, only counts, extremes and the names of new categories.
/// </summary>
/// <remarks>Not safe for concurrent use: give each thread its own and <see cref="Merge"/> them, in any order.</remarks>
public sealed partial class CurrentSample
{
    /// <summary>
    /// The most new categories counted one by one: the first in ordinal order, so that the order of arrival does not matter.
    /// </summary>
    internal const int MaximumNewCategories = 4096;

    private readonly FittedReference _reference;
    private readonly string _column;
    private readonly long[] _counts;
    private readonly SortedDictionary<string, long> _added = new(StringComparer.Ordinal);
    private long _overflow;
    private double _least = double.PositiveInfinity;
    private double _most = double.NegativeInfinity;
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

    /// <summary>Counts a number; NaN is missing.</summary>
    /// <exception cref="InvalidOperationException">The reference holds categories.</exception>
    public void Add(double value) => Add([value]);

    /// <summary>Counts numbers; NaN is missing.</summary>
    /// <exception cref="InvalidOperationException">The reference holds categories.</exception>
    [OverloadResolutionPriority(1)]
    public void Add(ReadOnlySpan<double> values) => AddNumbers(values);

    /// <summary>Counts single-precision numbers, as the doubles that they equal; NaN is missing.</summary>
    /// <exception cref="InvalidOperationException">The reference holds categories.</exception>
    public void Add(ReadOnlySpan<float> values) => AddNumbers(values);

    /// <summary>Counts a time as its number of ticks, whatever its kind.</summary>
    /// <exception cref="InvalidOperationException">The reference holds categories.</exception>
    public void Add(DateTime value) => Add((double)value.Ticks);

    /// <summary>Counts a truth value as the category "true" or "false".</summary>
    /// <exception cref="InvalidOperationException">The reference holds numbers.</exception>
    public void Add(bool value) => Add(value ? "true" : "false");

    /// <summary>Counts categories; null is missing.</summary>
    /// <exception cref="InvalidOperationException">The reference holds numbers.</exception>
    public void Add(ReadOnlySpan<string?> values)
    {
        foreach (var value in values)
        {
            Add(value);
        }
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
            throw new ArgumentException(
                "The other sample was counted against another reference, so its cells are not these.",
                nameof(other));
        }

        _least = Math.Min(_least, other._least);
        _most = Math.Max(_most, other._most);
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

    /// <summary>Compares what was counted so far with the reference, this column alone: no correction for other columns.</summary>
    /// <remarks>Give the results of all columns to <see cref="DriftReport.Of"/>, or the false alarms of many columns add up.</remarks>
    public ColumnDrift Compare(DriftOptions? options = null)
    {
        options ??= new DriftOptions();
        options.Check();
        var sizes = new ColumnSizes(_column, _reference.Count, _reference.MissingCount, Count, MissingCount);
        if (_reference.Kind == DriftColumnKind.Numeric)
        {
            var counts = new NumericCounts(_reference.Edges, _reference.Counts, [.. _counts], IsExact: false)
            {
                ReferenceEnds = (_reference.Least, _reference.Most),
                CurrentEnds = (_least, _most),
            };
            return ColumnComparison.Numeric(sizes, counts, options);
        }

        var cells = Cells();
        var vanished = Count == 0 ? [] : _reference.Names.Where((_, i) => _counts[i] == 0).ToArray();
        return ColumnComparison.Categorical(sizes, cells, [.. _added.Keys], vanished, options);
    }

    /// <summary>The Kolmogorov–Smirnov test of what was counted so far: the exact statistic lies between its bounds.</summary>
    /// <exception cref="InvalidOperationException">The reference holds categories.</exception>
    public IntervalTestResult KolmogorovSmirnov()
    {
        RequireKind(DriftColumnKind.Numeric);
        return _reference.Result(NumericCells.DistanceBounds(_reference.Edges, _reference.Counts, _counts, _reference.Count, Count), Count);
    }

    /// <summary>
    /// The first Wasserstein distance of what was counted so far, in the unit of the data: the exact one lies between its bounds.
    /// </summary>
    /// <remarks>
    /// Only the extremes of the outer cells are known, so one far value makes the interval wide, and an infinite one makes it infinite.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The reference holds categories.</exception>
    public StatisticInterval Wasserstein()
    {
        RequireKind(DriftColumnKind.Numeric);
        return NumericCells.AreaBounds(
            _reference.Edges, _reference.Counts, _counts, _reference.Count, Count,
            Math.Min(_least, _reference.Least), Math.Max(_most, _reference.Most));
    }

    /// <summary>All measures of what was counted so far; the deciles are as near as whole cells allow.</summary>
    /// <exception cref="InvalidOperationException">The reference holds categories.</exception>
    public ReferenceComparison Distances() => ReferenceComparison.Of(
        Count,
        MissingCount,
        KolmogorovSmirnov(),
        Wasserstein(),
        ColumnComparison.Grouped(_reference.Counts, _reference.Counts),
        ColumnComparison.Grouped(_reference.Counts, _counts));

    internal void AddNumbers<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireKind(DriftColumnKind.Numeric);
        Span<double> converted = stackalloc double[256];
        while (!values.IsEmpty)
        {
            var length = Math.Min(converted.Length, values.Length);
            var block = converted[..length];
            TensorPrimitives.ConvertTruncating(values[..length], block);
            var missing = CellSearch.Count(_reference.Edges, block, _counts);
            MissingCount += missing;
            Count += length - missing;
            foreach (var value in block)
            {
                // False for NaN, which is missing.
                _least = value < _least ? value + 0.0 : _least;
                _most = value > _most ? value + 0.0 : _most;
            }

            values = values[length..];
        }
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

    private void RequireKind(DriftColumnKind kind)
    {
        if (_reference.Kind != kind)
        {
            throw new InvalidOperationException(
                $"The reference of column '{_column}' is {_reference.Kind}; "
                + $"add {(kind == DriftColumnKind.Numeric ? "strings" : "numbers")} to it.");
        }
    }
}

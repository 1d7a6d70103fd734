using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>What is kept of a reference column: fitted once, small, and enough to compare any later sample with it.</summary>
/// <remarks>
/// Up to 4096 distinct numbers are kept with their counts, and statistics against them are exact; of a longer column counts in cells
/// between quantiles are kept, and statistics are intervals that hold the exact value. <see
/// cref="FittedReferenceOptions.MaximumExactValues"/> moves that limit. By default a stored reference of numbers has 50 kilobytes at most,
/// and one of categories as much as a thousand names need. For <see cref="StartSample"/> there are cells in any case: with 1024 distinct
/// values or fewer their KS distance is the exact one, otherwise it falls short by <see cref="MaximumStatisticError"/> at most, so a test
/// never claims too much. The outer cells are open: one value of 1e308 weighs as much as any other. Immutable and safe for concurrent use.
/// </remarks>
[DebuggerDisplay("{Representation}, {Count} values, {MissingCount} missing")]
public sealed partial class FittedReference
{
    private readonly byte[] _bytes;
    private readonly DistinctValues? _exact;
    private readonly int _maximumCells;
    private ReferenceIndex? _index;

    private FittedReference(long missing, DistinctValues exact, int maximumCells)
        : this(DriftColumnKind.Numeric, missing, NumericCells.Edges(exact, maximumCells), [], exact, maximumCells)
    {
    }

    private FittedReference(
        DriftColumnKind kind, long missing, double[] edges, string[] names, DistinctValues? exact, int maximumCells, long[]? counts = null,
        double least = double.NaN, double most = double.NaN)
    {
        Kind = kind;
        MissingCount = missing;
        Edges = edges;
        Names = names;
        Counts = counts ?? NumericCells.Counts(exact!, edges);
        Count = Counts.Sum();
        _exact = exact;
        _maximumCells = maximumCells;
        Least = exact is null ? least : exact.Values.Length == 0 ? double.NaN : exact.Values[0];
        Most = exact is null ? most : exact.Values.Length == 0 ? double.NaN : exact.Values[^1];
        Positions = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            Positions.Add(names[i], i);
        }

        MaximumStatisticError = kind == DriftColumnKind.Numeric ? NumericCells.Error(edges, Counts, Count) : 0;
        _bytes = Write();
        Checksum = PayloadWriter.Checksum(_bytes);
    }

    /// <summary>How the column is compared.</summary>
    public DriftColumnKind Kind { get; }

    /// <summary>In what form the column is kept, chosen when it was fitted.</summary>
    public ReferenceRepresentation Representation => Kind == DriftColumnKind.Numeric
        ? _exact is null ? ReferenceRepresentation.QuantileCells : ReferenceRepresentation.ExactValues
        : IsHashed ? ReferenceRepresentation.HashedCategories : ReferenceRepresentation.Categories;

    /// <summary>The values that are not missing.</summary>
    public long Count { get; }

    /// <summary>The values that are missing: NaN or null.</summary>
    public long MissingCount { get; }

    /// <summary>
    /// The most by which the KS distance of a <see cref="CurrentSample"/> falls short of the one against the raw rows; 0 for categories.
    /// </summary>
    public double MaximumStatisticError { get; }

    internal double[] Edges { get; }

    internal string[] Names { get; }

    internal long[] Counts { get; }

    /// <summary>The smallest value; NaN where there is none.</summary>
    internal double Least { get; }

    /// <summary>The largest value; NaN where there is none.</summary>
    internal double Most { get; }

    internal Dictionary<string, int> Positions { get; }

    internal ulong Checksum { get; }

    /// <summary>Whether categories are counted by a hash of their name.</summary>
    internal bool IsHashed => Kind == DriftColumnKind.Categorical && Names.Length == 0 && Counts.Length > 0;

    /// <summary>Fits a column of numbers; NaN is missing, an infinity is an extreme value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for fewer than 16 cells or too many exact values.</exception>
    [OverloadResolutionPriority(1)]
    public static FittedReference FitNumeric(ReadOnlySpan<double> values, FittedReferenceOptions? options = null)
    {
        options ??= new FittedReferenceOptions();
        options.Check();
        var sorted = ObservedValues.Sorted(values);
        return Numeric(values.Length - sorted.Length, DistinctValues.Of(sorted), options);
    }

    /// <summary>Fits a column of single-precision numbers, as the doubles that they equal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for fewer than 16 cells or too many exact values.</exception>
    public static FittedReference FitNumeric(ReadOnlySpan<float> values, FittedReferenceOptions? options = null)
    {
        var converted = new double[values.Length];
        TensorPrimitives.ConvertTruncating(values, converted);
        return FitNumeric(converted, options);
    }

    /// <summary>Fits a column of times as numbers of ticks, whatever their kind; doubles tell times some 13 microseconds apart.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for fewer than 16 cells or too many exact values.</exception>
    public static FittedReference FitNumeric(ReadOnlySpan<DateTime> values, FittedReferenceOptions? options = null)
    {
        var converted = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            converted[i] = values[i].Ticks;
        }

        return FitNumeric(converted, options);
    }

    /// <summary>Fits a column of categories, compared by ordinal; null is missing, an empty string is a category.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The options keep no category.</exception>
    [OverloadResolutionPriority(1)]
    public static FittedReference FitCategorical(IEnumerable<string?> values, FittedReferenceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        options ??= new FittedReferenceOptions();
        options.Check();
        var table = new Dictionary<string, long>(StringComparer.Ordinal);
        long missing = 0;
        foreach (var value in values)
        {
            if (value is null)
            {
                missing++;
            }
            else
            {
                table[value] = table.GetValueOrDefault(value) + 1;
            }
        }

        return Categorical(missing, table, options.MaximumCategories);
    }

    /// <summary>Fits a column of truth values as the categories "false" and "true".</summary>
    public static FittedReference FitCategorical(ReadOnlySpan<bool> values)
    {
        var table = new Dictionary<string, long>(StringComparer.Ordinal);
        var count = values.Count(true);
        table["false"] = values.Length - count;
        table["true"] = count;
        return Categorical(0, table, 2);
    }

    /// <summary>Begins to count a current sample against this reference.</summary>
    public CurrentSample StartSample() => new(this, string.Empty);

    /// <summary>The reference of both columns' rows together; the order of merges does not matter.</summary>
    /// <param name="other">A reference of the same kind of column.</param>
    /// <param name="options">The limits of the result.</param>
    /// <remarks>
    /// Possible for exact values, for cells with the same edges, for categories by name, and for hashed ones in as many cells. Cells that
    /// were fitted on
    /// different rows cannot be added: rows between two edges cannot be told apart any more.
    /// </remarks>
    /// <exception cref="ArgumentException">The two cannot be added.</exception>
    public FittedReference Merge(FittedReference other, FittedReferenceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(other);
        options ??= new FittedReferenceOptions();
        options.Check();
        var missing = MissingCount + other.MissingCount;
        if (_exact is not null && other._exact is not null)
        {
            return Numeric(missing, _exact.Merge(other._exact), options);
        }

        if (Kind == DriftColumnKind.Categorical && other.Kind == Kind && !IsHashed && !other.IsHashed)
        {
            var table = Names.Zip(Counts).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
            foreach (var (name, count) in other.Names.Zip(other.Counts))
            {
                table[name] = table.GetValueOrDefault(name) + count;
            }

            return Categorical(missing, table, options.MaximumCategories);
        }

        if (Kind != other.Kind)
        {
            throw new ArgumentException($"A column of kind {other.Kind} cannot be added to one of kind {Kind}.", nameof(other));
        }

        if (Kind == DriftColumnKind.Categorical)
        {
            var cells = IsHashed ? Counts.Length : other.Counts.Length;
            var sum = Hashed(cells).Zip(other.Hashed(cells), (a, b) => a + b).ToArray();
            return new FittedReference(Kind, missing, [], [], null, 0, sum);
        }

        if (_exact is not null || other._exact is not null || !Edges.AsSpan().SequenceEqual(other.Edges))
        {
            throw new ArgumentException(
                "These references keep counts in different cells, which cannot be added. "
                + "Fit both with enough MaximumExactValues, or one on all rows.",
                nameof(other));
        }

        var counts = Counts.Zip(other.Counts, (a, b) => a + b).ToArray();
        return new FittedReference(
            Kind, missing, Edges, [], null, _maximumCells, counts, Math.Min(Least, other.Least), Math.Max(Most, other.Most));
    }

    internal static int HashCell(string name, int cells)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var character in name)
        {
            hash = (hash ^ character) * 0x100000001B3;
        }

        return (int)Math.BigMul(SplitMix64.Mix(hash), (ulong)cells, out _);
    }

    private static FittedReference Numeric(long missing, DistinctValues values, FittedReferenceOptions options)
    {
        if (values.Values.Length <= options.MaximumExactValues)
        {
            return new FittedReference(missing, values, options.MaximumCells);
        }

        var edges = NumericCells.Edges(values, options.MaximumCells);
        return new FittedReference(
            DriftColumnKind.Numeric, missing, edges, [], null, options.MaximumCells, NumericCells.Counts(values, edges),
            values.Values[0], values.Values[^1]);
    }

    private static FittedReference Categorical(long missing, Dictionary<string, long> table, int maximum)
    {
        if (table.Count <= maximum)
        {
            var names = table.Keys.Order(StringComparer.Ordinal).ToArray();
            return new FittedReference(DriftColumnKind.Categorical, missing, [], names, null, 0, [.. names.Select(name => table[name])]);
        }

        return new FittedReference(DriftColumnKind.Categorical, missing, [], [], null, 0, HashedCounts(table, maximum));
    }

    private static long[] HashedCounts(IEnumerable<KeyValuePair<string, long>> table, int cells)
    {
        var counts = new long[cells];
        foreach (var (name, count) in table)
        {
            counts[HashCell(name, cells)] += count;
        }

        return counts;
    }

    private long[] Hashed(int cells) => !IsHashed
        ? HashedCounts(Names.Zip(Counts, KeyValuePair.Create), cells)
        : Counts.Length == cells
            ? Counts
            : throw new ArgumentException($"Categories hashed into {Counts.Length} cells cannot be added to others in {cells}.");
}

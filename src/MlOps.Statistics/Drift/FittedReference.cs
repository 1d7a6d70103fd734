using System.Diagnostics;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>What is kept of a reference column: small, without raw rows, and enough to compare any later sample with it.</summary>
/// <remarks>
/// A number column keeps counts in cells between quantiles, with a cell for each heavy value. With 256 distinct values or fewer the KS distance
/// against it is the exact one; otherwise it falls short by <see cref="MaximumStatisticError"/> at most, so a test never claims too much.
/// The outer cells are open: one value of 1e308 weighs as much as any other. Immutable and safe for concurrent use.
/// </remarks>
[DebuggerDisplay("{Kind}, {Count} values, {MissingCount} missing")]
public sealed class FittedReference
{
    private const uint Tag = 0x5246_4C4D; // "MLFR"
    private readonly byte[] _bytes;

    private FittedReference(DriftColumnKind kind, long missing, double[] edges, string[] names, long[] counts)
    {
        Kind = kind;
        Count = counts.Sum();
        MissingCount = missing;
        Edges = edges;
        Names = names;
        Counts = counts;
        Positions = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            Positions.Add(names[i], i);
        }

        MaximumStatisticError = kind == DriftColumnKind.Numeric ? NumericCells.Error(edges, counts, Count) : 0;
        _bytes = Write();
        Checksum = PayloadWriter.Checksum(_bytes);
    }

    /// <summary>How the column is compared.</summary>
    public DriftColumnKind Kind { get; }

    /// <summary>The values that are not missing.</summary>
    public long Count { get; }

    /// <summary>The values that are missing: NaN or null.</summary>
    public long MissingCount { get; }

    /// <summary>The most by which the KS distance against this reference falls short of the one against its raw rows; 0 for categories.</summary>
    public double MaximumStatisticError { get; }

    internal double[] Edges { get; }

    internal string[] Names { get; }

    internal long[] Counts { get; }

    internal Dictionary<string, int> Positions { get; }

    internal ulong Checksum { get; }

    /// <summary>Whether categories are counted by a hash of their name.</summary>
    internal bool IsHashed => Kind == DriftColumnKind.Categorical && Names.Length == 0 && Counts.Length > 0;

    /// <summary>Fits a column of numbers; NaN is missing, an infinity is an extreme value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for fewer than 16 cells.</exception>
    public static FittedReference FitNumeric(ReadOnlySpan<double> values, FittedReferenceOptions? options = null)
    {
        options ??= new FittedReferenceOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumCells, 16);
        var sorted = ObservedValues.Sorted(values);
        var edges = NumericCells.Edges(sorted, options.MaximumCells);
        var counts = new long[edges.Length + 1];
        CellSearch.Count(edges, sorted, counts);
        return new FittedReference(DriftColumnKind.Numeric, values.Length - sorted.Length, edges, [], counts);
    }

    /// <summary>Fits a column of categories, compared by ordinal; null is missing, an empty string is a category.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The options keep no category.</exception>
    public static FittedReference FitCategorical(IEnumerable<string?> values, FittedReferenceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        options ??= new FittedReferenceOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumCategories, 1);
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

        if (table.Count <= options.MaximumCategories)
        {
            var names = table.Keys.Order(StringComparer.Ordinal).ToArray();
            return new FittedReference(DriftColumnKind.Categorical, missing, [], names, [.. names.Select(name => table[name])]);
        }

        var counts = new long[options.MaximumCategories];
        foreach (var (name, count) in table)
        {
            counts[HashCell(name, counts.Length)] += count;
        }

        return new FittedReference(DriftColumnKind.Categorical, missing, [], [], counts);
    }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of a newer format.</exception>
    public static FittedReference Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "fitted reference");
        var kind = (DriftColumnKind)reader.Count();
        var missing = reader.Count();
        var edges = new double[reader.Length(8)];
        for (var i = 0; i < edges.Length; i++)
        {
            edges[i] = BitConverter.UInt64BitsToDouble(reader.Fixed());
            if (double.IsNaN(edges[i]) || (i > 0 && !(edges[i] > edges[i - 1])))
            {
                throw PayloadReader.Damaged();
            }
        }

        var names = new string[reader.Length(1)];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = reader.Text();
            if (i > 0 && string.CompareOrdinal(names[i - 1], names[i]) >= 0)
            {
                throw PayloadReader.Damaged();
            }
        }

        var counts = new long[reader.Length(1)];
        var total = missing;
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = reader.Count();
            total = total > long.MaxValue - counts[i] ? throw PayloadReader.Damaged() : total + counts[i];
        }

        reader.End();
        var fits = kind switch
        {
            DriftColumnKind.Numeric => names.Length == 0 && counts.Length == edges.Length + 1,
            DriftColumnKind.Categorical => edges.Length == 0 && (names.Length == 0 || names.Length == counts.Length),
            _ => false,
        };
        return fits ? new FittedReference(kind, missing, edges, names, counts) : throw PayloadReader.Damaged();
    }

    /// <summary>The reference as bytes: versioned, checksummed, the same on every machine; some kilobytes.</summary>
    public byte[] ToArray() => [.. _bytes];

    /// <summary>Begins to count a current sample against this reference.</summary>
    public CurrentSample StartSample() => new(this, string.Empty);

    internal static int HashCell(string name, int cells)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var character in name)
        {
            hash = (hash ^ character) * 0x100000001B3;
        }

        return (int)Math.BigMul(SplitMix64.Mix(hash), (ulong)cells, out _);
    }

    private byte[] Write()
    {
        var writer = new PayloadWriter(Tag);
        writer.Count((long)Kind);
        writer.Count(MissingCount);
        writer.Count(Edges.Length);
        foreach (var edge in Edges)
        {
            writer.Fixed(BitConverter.DoubleToUInt64Bits(edge));
        }

        writer.Count(Names.Length);
        foreach (var name in Names)
        {
            writer.Text(name);
        }

        writer.Count(Counts.Length);
        foreach (var count in Counts)
        {
            writer.Count(count);
        }

        return writer.Complete();
    }
}

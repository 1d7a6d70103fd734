using Apache.Arrow;

namespace MlOps.Data.Profiles;

/// <summary>What is kept of a column while it is read: a few kilobytes, however long it is.</summary>
internal abstract class ColumnSketch(string name, ColumnKind kind)
{
    /// <summary>Runs of this many cells are decoded at once: they stay in the first-level cache.</summary>
    protected const int RunLength = 2048;

    /// <summary>Registers of 2¹⁴: a standard error of 0.8 %.</summary>
    protected const int DistinctPrecision = 14;

    public string Name { get; } = name;

    public ColumnKind Kind { get; } = kind;

    public long Count { get; set; }

    public long MissingCount { get; set; }

    /// <summary>Whether its values belong to persons and are not shown.</summary>
    public bool IsPersonal { get; set; }

    /// <summary>How many different values there are; null where that is not counted.</summary>
    public virtual long? Distinct => null;

    public static ColumnSketch For(string name, ColumnKind kind) => kind switch
    {
        ColumnKind.Number => new NumberSketch(name),
        ColumnKind.Text => new TextSketch(name),
        ColumnKind.Time => new TimeSketch(name),
        ColumnKind.Boolean => new BooleanSketch(name),
        _ => new OtherSketch(name),
    };

    /// <summary>The sketch of the rows of both, which stay as they are; both are complete.</summary>
    public static ColumnSketch Merge(ColumnSketch left, ColumnSketch right)
    {
        var merged = For(left.Name, left.Kind);
        foreach (var part in (ReadOnlySpan<ColumnSketch>)[left, right])
        {
            merged.Count += part.Count;
            merged.MissingCount += part.MissingCount;
            merged.IsPersonal |= part.IsPersonal;
            merged.Take(part);
        }

        return merged;
    }

    /// <summary>Counts the cells of a plain column.</summary>
    public abstract void Add(IArrowArray array, string dataset);

    /// <summary>Brings what is only tallied so far into the sketches; nothing may be added after it.</summary>
    public virtual void Complete()
    {
    }

    /// <summary>Forgets the values that are kept one by one.</summary>
    public virtual void Redact() => IsPersonal = true;

    /// <summary>Takes in another complete sketch of the same kind; the common counts are already there.</summary>
    protected abstract void Take(ColumnSketch other);

    /// <summary>The cells of a column of plain doubles without nulls where they lie; nothing for another.</summary>
    protected static ReadOnlySpan<double> InPlace(IArrowArray array) => array is DoubleArray { NullCount: 0 } doubles ? doubles.Values : [];

    protected long Distinguished(MlOps.Statistics.HyperLogLog values) => Math.Min(Count, (long)Math.Round(values.Estimate()));
}

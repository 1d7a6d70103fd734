using System.Diagnostics.CodeAnalysis;

namespace MlOps.Statistics;

/// <summary>The fitted references of a table's columns, in order, stored and compared as one.</summary>
/// <remarks>Immutable and safe for concurrent use. Names are compared by ordinal.</remarks>
public sealed class FittedBaseline
{
    private const uint Tag = 0x4246_4C4D; // "MLFB"
    private readonly Dictionary<string, FittedReference> _references = new(StringComparer.Ordinal);

    /// <summary>Gathers references under their columns' names.</summary>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public FittedBaseline(IEnumerable<KeyValuePair<string, FittedReference>> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var names = new List<string>();
        foreach (var (name, reference) in columns)
        {
            ArgumentNullException.ThrowIfNull(reference, nameof(columns));
            if (!_references.TryAdd(name, reference))
            {
                throw new ArgumentException($"The column '{name}' occurs twice; a baseline has one reference per column.", nameof(columns));
            }

            names.Add(name);
        }

        Columns = names;
    }

    /// <summary>The names of the columns, in the order given.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The reference of a column.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public FittedReference this[string column] => TryGet(column, out var reference)
        ? reference
        : throw new KeyNotFoundException($"The baseline has no column '{column}'; it has {string.Join(", ", Columns)}.");

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of a newer format.</exception>
    public static FittedBaseline Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "fitted baseline");
        var columns = new KeyValuePair<string, FittedReference>[reader.Length(2)];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Length; i++)
        {
            var name = reader.Text();
            columns[i] = new(seen.Add(name) ? name : throw PayloadReader.Damaged(), FittedReference.Read(reader.Block()));
        }

        reader.End();
        return new FittedBaseline(columns);
    }

    /// <summary>Looks a column up.</summary>
    public bool TryGet(string column, [MaybeNullWhen(false)] out FittedReference reference) =>
        _references.TryGetValue(column, out reference);

    /// <summary>The baseline as bytes: versioned and checksummed, the same on every machine.</summary>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Count(Columns.Count);
        foreach (var column in Columns)
        {
            writer.Text(column);
            writer.Block(_references[column].ToArray());
        }

        return writer.Complete();
    }

    /// <summary>Begins to count a current sample of every column.</summary>
    public BaselineSample StartSample() => new(this);
}

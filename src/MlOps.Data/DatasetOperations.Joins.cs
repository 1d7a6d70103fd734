using MlOps.Data.Columns;
using MlOps.Data.Operations;
using MlOps.Data.Operations.Keys;

namespace MlOps.Data;

public static partial class DatasetOperations
{
    /// <summary>Gives a column another name, in its place.</summary>
    /// <exception cref="MlOpsException">When read: <see cref="ErrorCodes.ColumnNotFound"/>, or <see cref="ErrorCodes.ColumnConflict"/> where the new name is taken.</exception>
    public static Dataset Rename(this Dataset dataset, string from, string to) =>
        dataset.Rename(new Dictionary<string, string>(StringComparer.Ordinal) { [from] = to });

    /// <summary>Gives columns other names, in their places; all at once, so that two may swap theirs.</summary>
    /// <param name="dataset">The rows.</param>
    /// <param name="names">The new names by the old ones.</param>
    /// <exception cref="MlOpsException">When read: <see cref="ErrorCodes.ColumnNotFound"/>, or <see cref="ErrorCodes.ColumnConflict"/> where a new name is taken.</exception>
    public static Dataset Rename(this Dataset dataset, IReadOnlyDictionary<string, string> names)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names.Values)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name, nameof(names));
        }

        return new Dataset(dataset.Name, new RenamedColumns(dataset, names));
    }

    /// <summary>Adds the other data set's columns to the rows that have the same key there.</summary>
    /// <remarks>
    /// <para>
    /// Rows come in this data set's order. A row with several partners comes once for each, in the other's order. A key that is missing (null
    /// or NaN) has no partner. The key appears once; another column that both have is refused, see <see cref="JoinOptions.Suffix"/>.
    /// </para>
    /// <para>
    /// This data set is streamed. The other is read at every read and held in memory, the columns that are wanted alone: put the smaller one
    /// there, see <see cref="JoinOptions.MaxOtherBytes"/>.
    /// </para>
    /// </remarks>
    /// <param name="dataset">The rows to look up.</param>
    /// <param name="other">Where to look.</param>
    /// <param name="on">The key's column in both; whole numbers of any width are compared with each other, and times of any unit.</param>
    /// <param name="kind">What becomes of rows without a partner.</param>
    /// <exception cref="MlOpsException">
    /// When read: <see cref="ErrorCodes.ColumnNotFound"/>, <see cref="ErrorCodes.ColumnType"/> where the keys' types do not fit,
    /// <see cref="ErrorCodes.ColumnConflict"/>, <see cref="ErrorCodes.TooLarge"/>.
    /// </exception>
    public static Dataset Join(this Dataset dataset, Dataset other, string on, JoinKind kind = JoinKind.Inner) =>
        dataset.Join(other, new JoinOptions { On = [on], Kind = kind });

    /// <summary>Adds the other data set's columns to the rows that have the same key there, with keys of several columns or of different names.</summary>
    /// <inheritdoc cref="Join(Dataset, Dataset, string, JoinKind)"/>
    /// <param name="dataset">The rows to look up.</param>
    /// <param name="other">Where to look.</param>
    /// <param name="options">The key and what to do about clashes and duplicates.</param>
    public static Dataset Join(this Dataset dataset, Dataset other, JoinOptions options)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(options.On.Count, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxOtherBytes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxOtherBytes, 1L << 31, nameof(options));
        if (options.OtherOn is { } names && names.Count != options.On.Count)
        {
            throw new ArgumentException($"The key has {options.On.Count} columns here and {names.Count} in '{other.Name}': name as many.", nameof(options));
        }

        return new Dataset(dataset.Name, new JoinedRows(dataset, other, options));
    }

    /// <summary>Keeps the first row of each key.</summary>
    /// <remarks>Missing parts of a key are equal to each other. The distinct keys are held in memory, their bytes and some 40 more for each; the rows are not.</remarks>
    /// <param name="dataset">The rows.</param>
    /// <param name="keys">The key's columns; none for all, which leaves out rows that are equal as a whole.</param>
    /// <exception cref="MlOpsException">When read: <see cref="ErrorCodes.ColumnNotFound"/>, <see cref="ErrorCodes.ColumnType"/>.</exception>
    public static Dataset Distinct(this Dataset dataset, params IReadOnlyList<string> keys)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(keys);
        return new Dataset(dataset.Name, new RowFilter(dataset, Read(keys), async cancellationToken =>
        {
            var schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
            var reader = KeyBytes.Of(dataset, schema, Read(keys) ?? [.. schema.FieldsList.Select(field => field.Name)]);
            var seen = new KeyTable();
            return (batch, rows) =>
            {
                reader.Start(batch.Batch);
                for (var i = 0; i < batch.Length; i++)
                {
                    seen.Add(reader[i], out var isNew);
                    if (isNew)
                    {
                        rows.Add(i);
                    }
                }
            };
        }));
    }
}

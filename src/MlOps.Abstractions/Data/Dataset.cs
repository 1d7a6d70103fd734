using System.Diagnostics;
using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace MlOps.Data;

/// <summary>A named, re-readable source of Arrow record batches with a schema.</summary>
/// <remarks>
/// Made by the <c>Dataset.FromX</c> methods that each package brings as static extension members, and by operations such as
/// <c>Where</c> and <c>Select</c>. A data set holds no rows: reading it reads its source. Immutable; safe to share between threads.
/// </remarks>
[DebuggerDisplay("{Name}")]
public sealed class Dataset
{
    private readonly IDatasetSource _source;

    /// <summary>Names a source.</summary>
    public Dataset(string name, IDatasetSource source)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(source);
        Name = name;
        _source = source;
    }

    /// <summary>What people call it; appears in messages, reports and lineage.</summary>
    public string Name { get; }

    /// <summary>The same rows under another name.</summary>
    public Dataset WithName(string name) => new(name, _source);

    /// <summary>The names and types of the columns.</summary>
    public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => _source.GetSchemaAsync(cancellationToken);

    /// <summary>Streams the rows, from the first, as record batches that the caller owns and disposes.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>: a named column is not there; the nearest name is given.</exception>
    public async IAsyncEnumerable<RecordBatch> ReadAsync(
        DatasetReadOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        options ??= DatasetReadOptions.All;
        ArgumentOutOfRangeException.ThrowIfNegative(options.Offset, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1, nameof(options));
        if (options.Columns is { } columns)
        {
            var schema = await _source.GetSchemaAsync(cancellationToken).ConfigureAwait(false);
            foreach (var column in columns)
            {
                RequireColumn(schema, column);
            }
        }

        await foreach (var batch in _source.ReadAsync(options, cancellationToken).ConfigureAwait(false))
        {
            yield return batch;
        }
    }

    /// <summary>Finds a column or says which one was probably meant.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>.</exception>
    public Field RequireColumn(Schema schema, string column)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(column);
        var index = schema.GetFieldIndex(column, StringComparer.Ordinal);
        if (index >= 0)
        {
            return schema.GetFieldByIndex(index);
        }

        var names = schema.FieldsList.Select(field => field.Name).ToList();
        var nearest = NearestName.Of(column, names);
        var hint = nearest is null ? "" : $" Did you mean '{nearest}'?";
        throw new MlOpsException(
            ErrorCodes.ColumnNotFound,
            $"The data set '{Name}' has no column '{column}'.{hint} Its columns are: {string.Join(", ", names)}.");
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

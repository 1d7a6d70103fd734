using MlOps.Data.Columns;
using MlOps.Data.Operations;
using MlOps.Statistics;

namespace MlOps.Data;

/// <summary>Fits baselines on data sets and compares data sets with them.</summary>
public static class DatasetDrift
{
    /// <summary>Fits a baseline: numbers as numbers, text and booleans as categories. Columns of times and other types take no part unless named.</summary>
    /// <param name="dataset">Read once; the fitted columns are held in memory meanwhile.</param>
    /// <param name="columns">What to fit; null for all columns of numbers, text and booleans. A moving clock is no drift, so a time cannot be named.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.ColumnNotFound"/>, <see cref="ErrorCodes.ColumnType"/> for a named column of times or of another type, or
    /// <see cref="ErrorCodes.DataEmpty"/>.
    /// </exception>
    public static async Task<FittedBaseline> FitBaselineAsync(this Dataset dataset, IReadOnlyList<string>? columns = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        var fields = (columns ?? [.. schema.FieldsList.Where(field => IsComparable(ColumnReader.KindOf(field.DataType))).Select(field => field.Name)])
            .Select(column => dataset.RequireColumn(schema, column)).ToArray();
        foreach (var field in fields)
        {
            if (!IsComparable(ColumnReader.KindOf(field.DataType)))
            {
                throw new MlOpsException(
                    ErrorCodes.ColumnType,
                    $"The column '{field.Name}' of '{dataset.Name}' is of type {field.DataType.Name}, which no baseline is fitted on: derive a number from it first, such as the hour, with WithColumn.");
            }
        }

        if (fields.Length == 0)
        {
            throw new MlOpsException(ErrorCodes.ColumnType, $"'{dataset.Name}' has no column of numbers, text or booleans to fit a baseline on.");
        }

        string[] names = [.. fields.Select(field => field.Name)];
        var numbers = fields.Select(_ => new List<double>()).ToArray();
        var texts = fields.Select(_ => new List<string?>()).ToArray();
        await foreach (var batch in DerivedSource.RowsAsync(dataset, names, cancellationToken).ConfigureAwait(false))
        {
            for (var i = 0; i < names.Length; i++)
            {
                if (IsNumber(fields[i]))
                {
                    numbers[i].AddRange(batch.Numbers(i));
                }
                else
                {
                    texts[i].AddRange(batch.Texts(i));
                }
            }
        }

        if (numbers[0].Count + texts[0].Count == 0)
        {
            throw new MlOpsException(ErrorCodes.DataEmpty, $"'{dataset.Name}' has no rows to fit a baseline on: check the filter or the span of time.");
        }

        return new FittedBaseline(names.Select((name, i) => KeyValuePair.Create(
            name,
            IsNumber(fields[i])
                ? FittedReference.FitNumeric(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(numbers[i]))
                : FittedReference.FitCategorical(texts[i]))));
    }

    /// <summary>Compares with another data set, column by column, over the columns of numbers, text and booleans of the reference.</summary>
    /// <param name="current">The newer data.</param>
    /// <param name="reference">The data to compare with, such as the training set.</param>
    /// <param name="options">Significance, smallest effect and correction.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/>: the current data lacks a column.</exception>
    public static async Task<DriftReport> DriftFromAsync(this Dataset current, Dataset reference, DriftOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var baseline = await reference.FitBaselineAsync(null, cancellationToken).ConfigureAwait(false);
        return await current.DriftFromAsync(baseline, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Compares with a fitted baseline, column by column; streams, keeping counts alone.</summary>
    /// <param name="current">The newer data.</param>
    /// <param name="baseline">Fitted on the data to compare with.</param>
    /// <param name="options">Significance, smallest effect and correction.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnNotFound"/> or <see cref="ErrorCodes.ColumnType"/>.</exception>
    public static async Task<DriftReport> DriftFromAsync(this Dataset current, FittedBaseline baseline, DriftOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(baseline);
        var sample = baseline.StartSample();
        await foreach (var batch in DerivedSource.RowsAsync(current, baseline.Columns, cancellationToken).ConfigureAwait(false))
        {
            for (var i = 0; i < baseline.Columns.Count; i++)
            {
                var column = sample[baseline.Columns[i]];
                if (baseline[baseline.Columns[i]].Kind == DriftColumnKind.Numeric)
                {
                    column.Add(batch.Numbers(i));
                }
                else
                {
                    foreach (var text in batch.Texts(i))
                    {
                        column.Add(text);
                    }
                }
            }
        }

        return sample.Compare(options);
    }

    private static bool IsComparable(ColumnKind kind) => kind is ColumnKind.Number or ColumnKind.Text or ColumnKind.Boolean;

    private static bool IsNumber(Apache.Arrow.Field field) => ColumnReader.KindOf(field.DataType) == ColumnKind.Number;
}

using MlOps.Data.Columns;
using MlOps.DataFrame;
using Frame = Microsoft.Data.Analysis.DataFrame;

namespace MlOps.Data;

/// <summary>Carries data sets to <c>Microsoft.Data.Analysis</c> and back.</summary>
public static class DataFrameDatasets
{
    extension(Dataset)
    {
        /// <summary>Reads the rows of a data frame; they are copied batch by batch when read, so the frame must not change meanwhile.</summary>
        /// <remarks>
        /// Numbers, booleans and text keep their types, and what is null is missing. A <c>decimal</c> becomes a decimal of 38 digits, 9 of them behind the point (further
        /// ones are rounded), <c>DateTime</c> microseconds UTC (a time of unspecified kind is taken as UTC), <c>char</c> text.
        /// </remarks>
        /// <param name="name">What to call the data set.</param>
        /// <param name="frame">The rows.</param>
        /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnType"/>: a column, such as one of vectors, has no type in data sets; <see cref="ErrorCodes.ColumnConflict"/>: two have one name.</exception>
        public static Dataset FromDataFrame(string name, Frame frame)
        {
            ArgumentNullException.ThrowIfNull(frame);
            return new Dataset(name, new FrameSource(name, frame));
        }
    }

    /// <summary>Copies the rows into a data frame.</summary>
    /// <remarks>
    /// Numbers, booleans and text keep their types, and what is missing is null; NaN stays NaN. A half becomes a <c>float</c>, a decimal of 128 bits a <c>decimal</c>,
    /// timestamps and dates <c>DateTime</c> (UTC, dates of no kind). A data frame holds everything in memory: select first.
    /// </remarks>
    /// <param name="dataset">Read once.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnType"/>: a column, such as a binary one, has no type in data frames, or a decimal has more than 28 digits.</exception>
    public static async Task<Frame> ToDataFrameAsync(this Dataset dataset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        FrameColumn[] columns = [.. schema.FieldsList.Select(field => FrameColumn.For(field, dataset.Name))];
        await foreach (var batch in dataset.ReadPlainAsync(null, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                for (var i = 0; i < columns.Length; i++)
                {
                    columns[i].Append(batch.Column(i));
                }
            }
        }

        return new Frame(columns.Select(column => column.Column));
    }
}

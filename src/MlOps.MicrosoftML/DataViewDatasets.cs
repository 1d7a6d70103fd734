using Microsoft.ML;
using MlOps.MicrosoftML;

namespace MlOps.Data;

/// <summary>Reads ML.NET's data views as data sets.</summary>
public static class DataViewDatasets
{
    extension(Dataset)
    {
        /// <summary>Reads the rows of a data view, such as the output of a transformer; nothing is read yet, and rows are streamed.</summary>
        /// <remarks>
        /// Numbers keep their types, DateTime and DateTimeOffset become microseconds UTC, TimeSpan seconds. A key becomes the text that it
        /// stands for, or where it has none its number, counted from 1; a missing key is missing. A cursor is made for each read, over the columns that it needs.
        /// </remarks>
        /// <param name="name">What to call the data set.</param>
        /// <param name="view">The rows.</param>
        /// <param name="columns">The columns, in this order; null takes every visible one.</param>
        /// <exception cref="MlOpsException">
        /// <see cref="ErrorCodes.ColumnNotFound"/>; <see cref="ErrorCodes.ColumnType"/>: a column is a vector or of another type that cannot be carried over.
        /// </exception>
        public static Dataset FromDataView(string name, IDataView view, IReadOnlyList<string>? columns = null)
        {
            ArgumentNullException.ThrowIfNull(view);
            return new Dataset(name, new DataViewSource(view, name, columns));
        }
    }
}

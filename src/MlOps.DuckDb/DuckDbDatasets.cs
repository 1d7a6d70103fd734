using MlOps.DuckDb;

namespace MlOps.Data;

/// <summary>Reads what DuckDB makes of files, databases and data sets.</summary>
public static class DuckDbDatasets
{
    extension(Dataset)
    {
        /// <summary>Reads the rows of a DuckDB query, which may name files and the data sets given; it is run anew at every read, and its rows are streamed.</summary>
        /// <remarks>
        /// <para>
        /// <c>FROM 'flights.parquet'</c>, <c>FROM 'days/*.csv'</c> and DuckDB's other readers are DuckDB's own work: it decodes what the query needs alone,
        /// on all cores. A data set is a table of its name, see <see cref="DuckDbOptions.Tables"/>. Relative paths start at the current folder.
        /// </para>
        /// <para>
        /// Rows come as Arrow batches from DuckDB. Numbers, decimals, text, booleans, dates and timestamps keep their types; HUGEINT becomes a decimal of
        /// 38 digits, ENUM and UUID text. LIST, STRUCT, MAP and INTERVAL are refused by column: unnest or cast them. A column that a reader does not
        /// want is left out of the query.
        /// </para>
        /// <para>
        /// Without ORDER BY, rows of joins and aggregates may come in another order at every read; what depends on positions, such as <c>Split</c>, needs one.
        /// </para>
        /// </remarks>
        /// <param name="sql">One query in DuckDB's SQL.</param>
        /// <param name="tables">Data sets that the query may name as tables.</param>
        public static Dataset FromDuckDb(string sql, params IReadOnlyList<Dataset> tables) =>
            Dataset.FromDuckDb(sql, new DuckDbOptions { Tables = tables });

        /// <summary>Reads the rows of a DuckDB query, with options.</summary>
        /// <inheritdoc cref="FromDuckDb(string, IReadOnlyList{Dataset})"/>
        /// <param name="sql">One query in DuckDB's SQL.</param>
        /// <param name="options">Name, tables, parameters, database and limits.</param>
        public static Dataset FromDuckDb(string sql, DuckDbOptions options)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(sql);
            ArgumentNullException.ThrowIfNull(options);
            if (options.Tables.GroupBy(table => table.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            {
                throw new ArgumentException($"Two data sets are called '{twice.Key}': give one of them another name with WithName.", nameof(options));
            }

            return new Dataset(options.Name, new DuckDbSource(sql, options));
        }
    }
}

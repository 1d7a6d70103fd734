using System.Data.Common;
using MlOps.Data.Sources;

namespace MlOps.Data;

/// <summary>Reads what a query gives, from any database that .NET can connect to.</summary>
public static class QueryDatasets
{
    extension(Dataset)
    {
        /// <summary>Reads the rows of a query through ADO.NET; the query is sent anew at every read, and its rows are streamed.</summary>
        /// <remarks>
        /// <para>
        /// Whole numbers, <c>float</c>, <c>double</c>, <c>bool</c>, text and binary values keep their types. A <c>decimal</c> becomes a decimal of 38 digits
        /// with the scale that the database declares, else 9; further digits are rounded. <c>DateTime</c> and <c>DateTimeOffset</c> become microseconds
        /// UTC (a time of unspecified kind is taken as UTC), <c>DateOnly</c> a date, <c>TimeSpan</c> seconds; <c>Guid</c>, <c>TimeOnly</c> and
        /// <c>char</c> become text. The types are found out once, from the first answer.
        /// </para>
        /// <para>
        /// Columns and row ranges that a reader does not want cross the connection and are passed over: select and limit in the query. A query without
        /// ORDER BY may give its rows in another order at every read; what depends on positions, such as <c>Split</c>, needs one.
        /// </para>
        /// <para>
        /// What the database refuses is an <see cref="MlOpsException"/> with <see cref="ErrorCodes.QueryFailed"/> that holds its words and the
        /// query, never the parameters' values. A column that cannot be held, or a value that does not fit, has <see cref="ErrorCodes.ColumnType"/>.
        /// </para>
        /// </remarks>
        /// <param name="name">What to call the data set.</param>
        /// <param name="connect">Makes a connection for each read, open or closed; it is disposed after the read.</param>
        /// <param name="sql">One query in the database's own language.</param>
        /// <param name="parameters">The values of the query's parameters: <c>("$min", 1000)</c>.</param>
        public static Dataset FromQuery(string name, Func<DbConnection> connect, string sql, params IReadOnlyList<(string Name, object? Value)> parameters) =>
            Dataset.FromQuery(name, connect, sql, new QueryOptions { Parameters = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal) });

        /// <summary>Reads the rows of a query through ADO.NET, with options.</summary>
        /// <inheritdoc cref="FromQuery(string, Func{DbConnection}, string, IReadOnlyList{ValueTuple{string, object}})"/>
        /// <param name="name">What to call the data set.</param>
        /// <param name="connect">Makes a connection for each read, open or closed; it is disposed after the read.</param>
        /// <param name="sql">One query in the database's own language.</param>
        /// <param name="options">Parameters, types and time.</param>
        public static Dataset FromQuery(string name, Func<DbConnection> connect, string sql, QueryOptions options)
        {
            ArgumentNullException.ThrowIfNull(connect);
            ArgumentException.ThrowIfNullOrWhiteSpace(sql);
            ArgumentNullException.ThrowIfNull(options);
            return new Dataset(name, new QuerySource(name, connect, sql, options));
        }
    }
}

using MlOps.Data.Writing;

namespace MlOps.Data;

/// <summary>Writes data sets as files: whole or not at all, replacing what was there. Other packages add more, such as <c>WriteParquetAsync</c>.</summary>
public static class DatasetWriting
{
    /// <summary>Writes the rows as CSV.</summary>
    /// <remarks>
    /// What is missing is an empty cell, an empty text is <c>""</c>; numbers are written so that they are read as the same, times as ISO 8601
    /// in UTC, binary values as hexadecimal digits. Types are not written: give them in <see cref="CsvOptions.Types"/> where they must not be
    /// inferred, such as texts of digits.
    /// </remarks>
    /// <param name="dataset">Read once.</param>
    /// <param name="path">Its folder is made when it is not there.</param>
    /// <param name="options">Delimiter, header.</param>
    /// <param name="cancellationToken">Stops before the file is replaced.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnType"/>: a nested column, or a time outside the years 1 to 9999.</exception>
    public static Task<long> WriteCsvAsync(this Dataset dataset, string path, CsvWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var writer = new CsvRowWriter(options ?? new CsvWriteOptions());
        return TargetFile.WriteAsync(path, (stream, token) => writer.WriteAsync(dataset, stream, token), cancellationToken);
    }

    /// <summary>Writes the rows as JSON Lines: an object a line, in UTF-8.</summary>
    /// <remarks>
    /// What is missing is null; NaN and the infinities, for which JSON has no number, are the texts NaN, Infinity and -Infinity; times are
    /// ISO 8601 in UTC, binary values hexadecimal digits. Types are not written: give them in <see cref="JsonLinesOptions.Types"/> where they
    /// must not be inferred, such as texts that are dates.
    /// </remarks>
    /// <param name="dataset">Read once.</param>
    /// <param name="path">Its folder is made when it is not there.</param>
    /// <param name="cancellationToken">Stops before the file is replaced.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnType"/>: a nested column, or a time outside the years 1 to 9999.</exception>
    public static Task<long> WriteJsonLinesAsync(this Dataset dataset, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var writer = new JsonRowWriter();
        return TargetFile.WriteAsync(path, (stream, token) => writer.WriteAsync(dataset, stream, token), cancellationToken);
    }

    /// <summary>Writes the rows as an Arrow IPC file (also known as Feather version 2), uncompressed; equal rows give equal bytes.</summary>
    /// <param name="dataset">Read once.</param>
    /// <param name="path">Its folder is made when it is not there.</param>
    /// <param name="cancellationToken">Stops before the file is replaced.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.ColumnType"/>: a nested column.</exception>
    public static Task<long> WriteArrowAsync(this Dataset dataset, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return TargetFile.WriteAsync(path, (stream, token) => CanonicalArrowFile.WriteAsync(dataset, stream, token), cancellationToken);
    }
}

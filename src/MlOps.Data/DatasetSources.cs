using Apache.Arrow;
using MlOps.Data.Columns;
using MlOps.Data.Sources;
using MlOps.Data.Sources.Csv;
using MlOps.Data.Sources.JsonLines;

namespace MlOps.Data;

/// <summary>Where data sets come from: files and objects. Other packages add more, such as <c>Dataset.FromParquet</c>.</summary>
public static class DatasetSources
{
    extension(Dataset)
    {
        /// <summary>Reads a CSV file; its dialect and encoding are found out, types are inferred from its first rows: whole number, number, boolean, date, time (UTC), else text.</summary>
        /// <param name="path">The file; it is opened when read.</param>
        /// <param name="options">What is not to be found out: delimiter, header, encoding, missing values, types.</param>
        /// <remarks>
        /// <see cref="CsvFormat.DetectAsync"/> says what is decided and why. A row or cell that does not fit stops the reading with
        /// <see cref="ErrorCodes.FileCorrupt"/>, naming file, row, line, byte, column and value. Cells are parsed on all cores.
        /// </remarks>
        public static Dataset FromCsv(string path, CsvOptions? options = null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(path);
            return new Dataset(Path.GetFileNameWithoutExtension(path), new CsvSource(path, SourceFile.Opener(path), options ?? new CsvOptions()));
        }

        /// <summary>Reads CSV from wherever its bytes lie.</summary>
        /// <param name="name">What to call it.</param>
        /// <param name="open">Opens the bytes from the first, anew at each call.</param>
        /// <param name="options">What is not to be found out.</param>
        public static Dataset FromCsv(string name, Func<CancellationToken, Task<Stream>> open, CsvOptions options)
        {
            ArgumentNullException.ThrowIfNull(open);
            ArgumentNullException.ThrowIfNull(options);
            return new Dataset(name, new CsvSource(name, open, options));
        }

        /// <summary>Reads a JSON Lines file (also known as NDJSON): an object a line, a column a key.</summary>
        /// <param name="path">The file; it is opened when read.</param>
        /// <param name="options">Given types, nested values.</param>
        /// <remarks>
        /// Columns and types are inferred from the first rows: whole number, number (also the texts NaN, Infinity and -Infinity), boolean,
        /// date, time (UTC), else text. A key that a row lacks, and null, are missing. A line that does not fit stops the reading with
        /// <see cref="ErrorCodes.FileCorrupt"/>, naming file, row, line, byte and column. Lines are parsed on all cores.
        /// </remarks>
        public static Dataset FromJsonLines(string path, JsonLinesOptions? options = null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(path);
            return new Dataset(Path.GetFileNameWithoutExtension(path), new JsonLinesSource(path, SourceFile.Opener(path), options ?? new JsonLinesOptions()));
        }

        /// <summary>Reads JSON Lines from wherever the bytes lie.</summary>
        /// <param name="name">What to call it.</param>
        /// <param name="open">Opens the bytes from the first, anew at each call.</param>
        /// <param name="options">Given types, nested values.</param>
        public static Dataset FromJsonLines(string name, Func<CancellationToken, Task<Stream>> open, JsonLinesOptions options)
        {
            ArgumentNullException.ThrowIfNull(open);
            ArgumentNullException.ThrowIfNull(options);
            return new Dataset(name, new JsonLinesSource(name, open, options));
        }

        /// <summary>Reads an Arrow IPC file (also known as Feather version 2); LZ4 and Zstandard buffers are decompressed.</summary>
        /// <param name="path">The file; it is opened when read.</param>
        public static Dataset FromArrow(string path)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(path);
            return new Dataset(Path.GetFileNameWithoutExtension(path), new ArrowFileSource(path, SourceFile.Opener(path)));
        }

        /// <summary>Reads an Arrow IPC file from wherever its bytes lie.</summary>
        /// <param name="name">What to call it.</param>
        /// <param name="open">Opens the bytes as a seekable stream, anew at each call.</param>
        public static Dataset FromArrow(string name, Func<CancellationToken, Task<Stream>> open)
        {
            ArgumentNullException.ThrowIfNull(open);
            return new Dataset(name, new ArrowFileSource(name, open));
        }

        /// <summary>Makes rows of objects, without reflection; the objects are gone through anew at every read.</summary>
        /// <typeparam name="T">The type of a row.</typeparam>
        /// <param name="name">What to call it.</param>
        /// <param name="rows">The rows; must give the same rows every time.</param>
        /// <param name="columns">Names the columns: <c>c => c.Column("distance", flight => flight.Distance)</c>.</param>
        public static Dataset FromEnumerable<T>(string name, IEnumerable<T> rows, Action<ColumnsBuilder<T>> columns)
        {
            ArgumentNullException.ThrowIfNull(rows);
            ArgumentNullException.ThrowIfNull(columns);
            return new Dataset(name, new ObjectSource<T>(rows, Build(columns)));
        }

        /// <summary>Makes rows of objects that arrive one after the other, without reflection; the sequence is asked for anew at every read.</summary>
        /// <typeparam name="T">The type of a row.</typeparam>
        /// <param name="name">What to call it.</param>
        /// <param name="rows">Starts the sequence; must give the same rows every time. <see cref="DatasetOperations.ToMemoryAsync"/> holds what can be read once only.</param>
        /// <param name="columns">Names the columns: <c>c => c.Column("distance", flight => flight.Distance)</c>.</param>
        public static Dataset FromAsyncEnumerable<T>(string name, Func<CancellationToken, IAsyncEnumerable<T>> rows, Action<ColumnsBuilder<T>> columns)
        {
            ArgumentNullException.ThrowIfNull(rows);
            ArgumentNullException.ThrowIfNull(columns);
            return new Dataset(name, new AsyncObjectSource<T>(rows, Build(columns)));
        }

        /// <summary>Holds Arrow batches in memory; they are copied, so the caller may dispose its own.</summary>
        /// <param name="name">What to call it.</param>
        /// <param name="schema">The columns of all batches.</param>
        /// <param name="batches">The rows.</param>
        public static Dataset FromBatches(string name, Schema schema, IEnumerable<RecordBatch> batches)
        {
            ArgumentNullException.ThrowIfNull(schema);
            ArgumentNullException.ThrowIfNull(batches);
            var plain = PlainColumns.Of(schema);
            List<RecordBatch> held = [];
            foreach (var batch in batches)
            {
                if (!batch.Schema.FieldsList.Select(field => (field.Name, field.DataType.TypeId)).SequenceEqual(schema.FieldsList.Select(field => (field.Name, field.DataType.TypeId))))
                {
                    throw new ArgumentException($"Batch {held.Count} does not have the columns of the schema ({string.Join(", ", schema.FieldsList.Select(field => field.Name))}).", nameof(batches));
                }

                var copies = plain.FieldsList.Select((field, i) => PlainColumns.PlainCopy(batch.Column(i), field)).ToArray();
                held.Add(new RecordBatch(plain, copies, batch.Length));
            }

            return new Dataset(name, new HeldBatches(plain, held));
        }
    }

    private static ColumnsBuilder<T> Build<T>(Action<ColumnsBuilder<T>> columns)
    {
        var builder = new ColumnsBuilder<T>();
        columns(builder);
        return builder.Columns.Count == 0 ? throw new ArgumentException("The data set has no columns: add at least one with Column(name, value).", nameof(columns)) : builder;
    }
}

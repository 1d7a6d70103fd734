using Apache.Arrow;
using MlOps.Data.Sources.Text;

namespace MlOps.Data.Sources.Csv;

/// <summary>Turns chunks of CSV into the wanted columns.</summary>
internal sealed class CsvParser : TextParser
{
    private readonly CsvLayout _layout;
    private readonly Schema _schema;
    private readonly (int Ordinal, CellType Type)[] _columns;
    private readonly int[] _ordinals;
    private readonly int _inferenceRows;

    /// <summary>Parses some columns.</summary>
    /// <param name="layout">How the file is written.</param>
    /// <param name="schema">The wanted columns.</param>
    /// <param name="columns">Where they stand in a row, and what their cells are.</param>
    /// <param name="inferenceRows">From how many rows types were inferred, for messages.</param>
    public CsvParser(CsvLayout layout, Schema schema, (int Ordinal, CellType Type)[] columns, int inferenceRows)
    {
        (_layout, _schema, _columns, _inferenceRows) = (layout, schema, columns, inferenceRows);
        _ordinals = [.. columns.Select(column => column.Ordinal)];
    }

    public override (long Rows, TextFault? Fault) Count(TextChunk chunk)
    {
        using var table = Read(chunk, []);
        return (table.Rows, table.Fault);
    }

    public override TextRows Parse(TextChunk chunk, int skip, long limit, int batchSize)
    {
        using var table = Read(chunk, _ordinals);
        var end = (int)Math.Min(table.Rows, skip + Math.Min(limit, int.MaxValue - skip));
        List<RecordBatch> batches = [];
        var fault = limit <= table.Rows - skip ? null : table.Fault;
        if (NotUtf8(chunk, table) is { } invalid && invalid.Row < end)
        {
            return new([], table.Rows, invalid);
        }

        for (var start = skip; start < end; start += batchSize)
        {
            var rows = Math.Min(batchSize, end - start);
            var arrays = new IArrowArray[_columns.Length];
            TextFault? first = null;
            for (var i = 0; i < arrays.Length; i++)
            {
                var (ordinal, type) = _columns[i];
                var cell = (start * arrays.Length) + i;
                var array = new CsvColumnDecoder(table, cell, arrays.Length, rows, _layout.Rules).Decode(type, out var bad);
                if (array is not null)
                {
                    arrays[i] = array;
                }
                else if (first is null || start + bad < first.Row)
                {
                    first = WrongType(table, table.Text(cell + (bad * arrays.Length)), start + bad, ordinal, type);
                }
            }

            if (first is not null)
            {
                return new(batches, table.Rows, first);
            }

            batches.Add(new RecordBatch(_schema, arrays, rows));
        }

        return new(batches, table.Rows, fault);
    }

    private CsvTable Read(TextChunk chunk, int[] ordinals) => CsvTable.Read(chunk.Memory, chunk.Start, _layout.Dialect, _layout.Names.Count, ordinals);

    private TextFault WrongType(CsvTable table, ReadOnlySpan<byte> cell, int row, int ordinal, CellType type) => new(
        row,
        _layout.Dialect.CellStart(table.Bytes, table.RowStarts[row], ordinal),
        _layout.Names[ordinal],
        $"'{TextFault.Shortened(cell)}' is not {CellText.Describe(type)}. Correct the cell, name it in CsvOptions.MissingValues, or give the column another type in CsvOptions.Types (types were inferred from {(_inferenceRows == CsvOptions.AllRows ? "all rows" : $"the first {_inferenceRows} rows; CsvOptions.InferenceRows = CsvOptions.AllRows infers them from all")}).");

    /// <summary>The cell with the first byte that is not UTF-8.</summary>
    private TextFault? NotUtf8(TextChunk chunk, CsvTable table)
    {
        if (System.Text.Unicode.Utf8.IsValid(chunk.Bytes))
        {
            return null;
        }

        var (valid, _) = TextEncoding.ValidLength(chunk.Bytes);
        var found = table.RowStarts.BinarySearch(valid);
        var (row, ordinal) = (Math.Max(0, found < 0 ? ~found - 1 : found), 0);
        while (ordinal + 1 < _layout.Names.Count && row < table.Rows && _layout.Dialect.CellStart(chunk.Bytes, table.RowStarts[row], ordinal + 1) <= valid)
        {
            ordinal++;
        }

        return new TextFault(
            row,
            valid,
            _layout.Names[ordinal],
            $"the byte 0x{chunk.Bytes[valid]:X2} is not valid UTF-8, which the file was taken for ({_layout.Encoding.Reason}) Give its encoding in CsvOptions.Encoding, such as Encoding.Latin1; a file that mixes encodings has to be written again.");
    }
}

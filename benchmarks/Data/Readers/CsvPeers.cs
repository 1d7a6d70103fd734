using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data.Columns;
using Sylvan.Data.Csv;

namespace MlOps.Benchmarks.Readers;

/// <summary>The same typed columns through Sylvan.Data.Csv, on one thread as it works.</summary>
internal static class CsvPeers
{
    private const int BatchRows = 65_536;

    public static long Sylvan(string path, Schema schema)
    {
        using var reader = CsvDataReader.Create(path, new CsvDataReaderOptions { BufferSize = 64 * 1024 });
        var columns = schema.FieldsList.Select(ColumnAppender.For).ToArray();
        var rows = 0L;
        while (reader.Read())
        {
            for (var i = 0; i < columns.Length; i++)
            {
                Append(columns[i], schema.GetFieldByIndex(i).DataType, reader.GetFieldSpan(i));
            }

            rows++;
            Flush(columns, rows);
        }

        return rows;
    }

    /// <summary>Splits into cells and looks at none.</summary>
    public static long SylvanCells(string path)
    {
        using var reader = CsvDataReader.Create(path, new CsvDataReaderOptions { BufferSize = 64 * 1024 });
        var (rows, characters) = (0L, 0L);
        while (reader.Read())
        {
            rows++;
            for (var i = 0; i < reader.FieldCount; i++)
            {
                characters += reader.GetFieldSpan(i).Length;
            }
        }

        return characters > 0 ? rows : 0;
    }

    private static void Append(ColumnAppender column, IArrowType type, ReadOnlySpan<char> cell)
    {
        if (cell.IsEmpty)
        {
            column.AppendMissing();
            return;
        }

        switch (type)
        {
            case Int64Type: column.AppendValue(long.Parse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)); break;
            case DoubleType: column.AppendValue(double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture)); break;
            case BooleanType: column.AppendBoolean(bool.Parse(cell)); break;
            case Date32Type: column.AppendValue(DateOnly.ParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber); break;
            case TimestampType: column.AppendValue((DateTimeOffset.Parse(cell, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcTicks - DateTime.UnixEpoch.Ticks) / 10); break;
            default: column.AppendText(cell); break;
        }
    }

    private static void Flush(ColumnAppender[] columns, long rows)
    {
        if (rows % BatchRows == 0)
        {
            foreach (var column in columns)
            {
                column.Build();
            }
        }
    }
}

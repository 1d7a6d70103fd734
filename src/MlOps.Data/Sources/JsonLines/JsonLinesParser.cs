using System.Buffers;
using System.Text.Json;
using Apache.Arrow;
using MlOps.Data.Columns;
using MlOps.Data.Sources.Text;

namespace MlOps.Data.Sources.JsonLines;

/// <summary>Turns chunks of JSON Lines into the wanted columns.</summary>
internal sealed class JsonLinesParser : TextParser
{
    private readonly JsonColumn[] _columns;
    private readonly Dictionary<string, int> _ordinals;
    private readonly byte[][] _names;
    private readonly Schema _schema;
    private readonly int[] _wanted;
    private readonly JsonLinesOptions _options;

    /// <summary>Parses some columns.</summary>
    /// <param name="columns">All of them.</param>
    /// <param name="schema">The wanted ones.</param>
    /// <param name="options">How rows are read.</param>
    public JsonLinesParser(IReadOnlyList<JsonColumn> columns, Schema schema, JsonLinesOptions options)
    {
        (_columns, _schema, _options) = ([.. columns], schema, options);
        _names = [.. columns.Select(column => System.Text.Encoding.UTF8.GetBytes(column.Name))];
        _ordinals = columns.Select((column, i) => (column.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i, StringComparer.Ordinal);
        _wanted = new int[columns.Count];
        System.Array.Fill(_wanted, -1);
        for (var i = 0; i < schema.FieldsList.Count; i++)
        {
            _wanted[_ordinals[schema.GetFieldByIndex(i).Name]] = i;
        }
    }

    public static CellRules Rules { get; } = new((byte)'.', 0, [], []);

    public static int RowsEnd(ReadOnlySpan<byte> bytes) => bytes.LastIndexOf((byte)'\n') + 1;

    /// <summary>The next line that is not blank, without its end; false at the chunk's end.</summary>
    public static bool NextLine(ReadOnlySpan<byte> bytes, ref int position, out int start, out int length)
    {
        while (position < bytes.Length)
        {
            start = position;
            var end = bytes[position..].IndexOf((byte)'\n');
            length = end < 0 ? bytes.Length - position : end;
            position += length + 1;
            if (bytes.Slice(start, length).IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                return true;
            }
        }

        (start, length) = (0, 0);
        return false;
    }

    /// <summary>Whether a text stands for a number that JSON has no other form for.</summary>
    public static bool IsNamedNumber(ref Utf8JsonReader reader, out double value)
    {
        value = reader.ValueTextEquals("NaN"u8) ? double.NaN
            : reader.ValueTextEquals("Infinity"u8) ? double.PositiveInfinity
            : reader.ValueTextEquals("-Infinity"u8) ? double.NegativeInfinity
            : 0;
        return value != 0;
    }

    /// <summary>The fault that an exception of the JSON reader is.</summary>
    public static TextFault Fault(Exception error, ReadOnlySpan<byte> line, int start, long row, string? column)
    {
        var at = error is JsonException { BytePositionInLine: { } place } ? (int)Math.Clamp(place, 0, line.Length) : 0;
        var message = error.Message.Split(" LineNumber:")[0];
        var hint = line.TrimStart((byte)' ').StartsWith("["u8)
            ? "Each line holds one object; a JSON array has to be written as an object a line."
            : "Each line holds one whole JSON object.";
        return new(row, start + at, column, $"the JSON cannot be read ({message}) {hint}");
    }

    public override (long Rows, TextFault? Fault) Count(TextChunk chunk)
    {
        var (position, rows) = (chunk.Start, 0L);
        while (NextLine(chunk.Bytes, ref position, out _, out _))
        {
            rows++;
        }

        return (rows, null);
    }

    public override TextRows Parse(TextChunk chunk, int skip, long limit, int batchSize)
    {
        ColumnAppender[] appenders = [.. _schema.FieldsList.Select(ColumnAppender.For)];
        List<RecordBatch> batches = [];
        var (position, row, count) = (chunk.Start, 0L, 0);
        var filled = new bool[_columns.Length];
        var isUtf8 = System.Text.Unicode.Utf8.IsValid(chunk.Bytes);
        for (; NextLine(chunk.Bytes, ref position, out var start, out var length); row++)
        {
            if (row < skip)
            {
                continue;
            }

            if (row - skip >= limit)
            {
                break;
            }

            var line = chunk.Bytes.Slice(start, length);
            if ((isUtf8 ? null : NotUtf8(line, start, row)) is { } invalid)
            {
                return new(batches, row, invalid);
            }

            if (Append(line, start, row, appenders, filled) is { } fault)
            {
                return new(batches, row, fault);
            }

            if (++count == batchSize)
            {
                batches.Add(new RecordBatch(_schema, appenders.Select(appender => appender.Build()).ToArray(), count));
                count = 0;
            }
        }

        if (count > 0)
        {
            batches.Add(new RecordBatch(_schema, appenders.Select(appender => appender.Build()).ToArray(), count));
        }

        return new(batches, row, null);
    }

    private TextFault? Append(ReadOnlySpan<byte> line, int start, long row, ColumnAppender[] appenders, bool[] filled)
    {
        string? name = null;
        try
        {
            System.Array.Clear(filled);
            var reader = new Utf8JsonReader(line);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return Fault(new JsonException($"A {reader.TokenType} stands where an object must begin."), line, start, row, null);
            }

            var expected = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                // Rows mostly have their keys in the same order.
                var column = expected < _names.Length && reader.ValueTextEquals(_names[expected]) ? expected : Find(ref reader);
                if (column < 0)
                {
                    return new(row, start + (int)reader.TokenStartIndex, reader.GetString(), $"no row of the first {_options.InferenceRows} has this key. Raise JsonLinesOptions.InferenceRows (JsonLinesOptions.AllRows looks at all rows), or give its type in JsonLinesOptions.Types.");
                }

                (name, expected) = (_columns[column].Name, column + 1);
                if (filled[column])
                {
                    return new(row, start + (int)reader.TokenStartIndex, name, "the key stands twice in the row: remove one.");
                }

                filled[column] = true;
                reader.Read();
                var place = (int)reader.TokenStartIndex;
                if (_wanted[column] < 0)
                {
                    reader.Skip();
                }
                else if (!TryAppend(appenders[_wanted[column]], ref reader, _columns[column].Type, line))
                {
                    reader.Skip();
                    return WrongType(line[place..(int)reader.BytesConsumed], start + place, row, _columns[column]);
                }

                name = null;
            }

            if (reader.Read())
            {
                return Fault(new JsonException("More follows after the object."), line, start, row, null);
            }

            for (var i = 0; i < filled.Length; i++)
            {
                if (!filled[i] && _wanted[i] >= 0)
                {
                    appenders[_wanted[i]].AppendMissing();
                }
            }

            return null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return Fault(error, line, start, row, name);
        }
    }

    private int Find(ref Utf8JsonReader reader) => _ordinals.GetValueOrDefault(reader.GetString()!, -1);

    private bool TryAppend(ColumnAppender appender, ref Utf8JsonReader reader, CellType type, ReadOnlySpan<byte> line)
    {
        switch (reader.TokenType, type)
        {
            case (JsonTokenType.Null, _):
                appender.AppendMissing();
                return true;
            case (JsonTokenType.String, CellType.Text):
                AppendText(appender, ref reader);
                return true;
            case (JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False, CellType.Text):
                appender.AppendBytes(reader.ValueSpan);
                return true;
            case (JsonTokenType.StartObject or JsonTokenType.StartArray, CellType.Text) when _options.NestedAsText:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                appender.AppendBytes(line[start..(int)reader.BytesConsumed]);
                return true;
            case (JsonTokenType.Number, CellType.Integer) when reader.TryGetInt64(out var integer):
                appender.AppendValue(integer);
                return true;
            case (JsonTokenType.Number, CellType.Number) when CellText.TryNumber(reader.ValueSpan, (byte)'.', 0, out var number):
                appender.AppendValue(number);
                return true;
            case (JsonTokenType.String, CellType.Number) when IsNamedNumber(ref reader, out var named):
                appender.AppendValue(named);
                return true;
            case (JsonTokenType.True or JsonTokenType.False, CellType.Boolean):
                appender.AppendBoolean(reader.TokenType == JsonTokenType.True);
                return true;
            case (JsonTokenType.String, CellType.Time) when CellText.TryTime(reader.ValueSpan, [], out var microseconds):
                appender.AppendValue(microseconds);
                return true;
            case (JsonTokenType.String, CellType.Date) when CellText.TryDate(reader.ValueSpan, [], out var days):
                appender.AppendValue(days);
                return true;
            default:
                return false;
        }
    }

    private static TextFault? NotUtf8(ReadOnlySpan<byte> line, int start, long row) => TextEncoding.ValidLength(line).Valid is var valid && valid == line.Length
        ? null
        : new(row, start + valid, null, $"the byte 0x{line[valid]:X2} is not valid UTF-8, which JSON Lines are written in: write the file again in UTF-8.");

    private static void AppendText(ColumnAppender appender, ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            appender.AppendBytes(reader.ValueSpan);
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            appender.AppendBytes(buffer.AsSpan(0, reader.CopyString(buffer)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private TextFault WrongType(ReadOnlySpan<byte> value, int position, long row, JsonColumn column)
    {
        var advice = value.StartsWith("{"u8) || value.StartsWith("["u8)
            ? "is nested, which a column does not hold: flatten it when the file is written, or set JsonLinesOptions.NestedAsText and read the column as text"
            : $"is not {CellText.Describe(column.Type)}. Correct it, or give the column another type in JsonLinesOptions.Types (types were inferred from {(_options.InferenceRows == JsonLinesOptions.AllRows ? "all rows" : $"the first {_options.InferenceRows} rows; JsonLinesOptions.InferenceRows = JsonLinesOptions.AllRows infers them from all")})";
        return new(row, position, column.Name, $"'{TextFault.Shortened(value)}' {advice}.");
    }
}

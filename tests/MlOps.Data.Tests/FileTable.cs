using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Tests;

/// <summary>Tables with everything that a format may stumble over, from a seed.</summary>
internal static class FileTable
{
    private static readonly string[] Texts =
    [
        "", " ", "a", "a,b", "\"", "\"\"", "say \"hi\"", "line\nbreak", "carriage\r\nreturn", "\r", "tab\tbar|semi;", "'", "'quoted'", "ünïcödé", "日本語", "🙂🙃", "\u0001\u0000", "\\n\\u0041",
        "NULL", "NaN", "true", "12", "0012", "1e5", "2026-01-02", "2026-01-02T03:04:05Z", " padded ", "sep=;", "{\"a\":[1,2]}", "</script>", "\uFEFFmark", new string('x', 3000),
    ];

    private static readonly double[] Numbers =
    [
        0, -0.0, 1, -1, 0.1, 1.0 / 3, 1e22, 1e23, 9007199254740993, 123456789012345678, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, 2.2250738585072014E-308, double.NaN,
        double.PositiveInfinity, double.NegativeInfinity, 5e-324, 1.7976931348623157e308, 4.35, 0.000001, 1e-7,
    ];

    // The years 1 and 9999, a moment before 1970, a leap day.
    private static readonly long[] Ticks =
    [
        DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks / 10 * 10, DateTime.UnixEpoch.Ticks, DateTime.UnixEpoch.Ticks - 10, DateTime.UnixEpoch.Ticks + 10,
        new DateTime(2024, 2, 29, 23, 59, 59, DateTimeKind.Utc).Ticks, new DateTime(1900, 3, 1, 0, 0, 0, DateTimeKind.Utc).Ticks,
    ];

    public static IReadOnlyDictionary<string, CellType> Types { get; } = new Dictionary<string, CellType>
    {
        ["whole"] = CellType.Integer,
        ["number"] = CellType.Number,
        ["truth"] = CellType.Boolean,
        ["text"] = CellType.Text,
        ["at"] = CellType.Time,
        ["day, \"quoted\""] = CellType.Date,
    };

    public static Dataset Create(int seed, int rows)
    {
        var random = new Random(seed);
        var types = Types.Where(_ => random.Next(3) > 0).ToList();
        types = types.Count == 0 ? [.. Types.Skip(seed % Types.Count).Take(1)] : types;
        var schema = new Schema([.. types.Select(type => new Field(type.Key, Type(type.Value), true))], metadata: null);
        var missing = random.Next(4) * 0.2;
        var appenders = schema.FieldsList.Select(ColumnAppender.For).ToArray();
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < appenders.Length; i++)
            {
                if (random.NextDouble() < missing)
                {
                    appenders[i].AppendMissing();
                }
                else
                {
                    Append(appenders[i], types[i].Value, random);
                }
            }
        }

        return Dataset.FromBatches("random", schema, [new RecordBatch(schema, appenders.Select(appender => appender.Build()), rows)]);
    }

    /// <summary>Cell for cell, bit for bit.</summary>
    public static async Task AssertEqualAsync(Dataset expected, Dataset actual, CancellationToken token)
    {
        var schema = await expected.GetSchemaAsync(token);
        var actualSchema = await actual.GetSchemaAsync(token);
        Assert.Equal(schema.FieldsList.Select(field => (field.Name, field.DataType.TypeId)), actualSchema.FieldsList.Select(field => (field.Name, field.DataType.TypeId)));
        foreach (var field in schema.FieldsList)
        {
            Assert.Equal(await CellsAsync(expected, field, token), await CellsAsync(actual, field, token));
        }
    }

    private static Apache.Arrow.Types.IArrowType Type(CellType type) => type switch
    {
        CellType.Integer => Apache.Arrow.Types.Int64Type.Default,
        CellType.Number => Apache.Arrow.Types.DoubleType.Default,
        CellType.Boolean => Apache.Arrow.Types.BooleanType.Default,
        CellType.Time => new Apache.Arrow.Types.TimestampType(Apache.Arrow.Types.TimeUnit.Microsecond, "UTC"),
        CellType.Date => Apache.Arrow.Types.Date32Type.Default,
        _ => Apache.Arrow.Types.StringType.Default,
    };

    private static void Append(ColumnAppender appender, CellType type, Random random)
    {
        switch (type)
        {
            case CellType.Integer:
                appender.AppendValue(random.Next(6) switch { 0 => long.MinValue, 1 => long.MaxValue, 2 => random.NextInt64(long.MinValue, long.MaxValue), 3 => 0, _ => random.Next(-1000, 1000) });
                break;
            case CellType.Number:
                appender.AppendValue(random.Next(3) switch { 0 => Numbers[random.Next(Numbers.Length)], 1 => random.Next(-10000, 10000) / 100.0, _ => BitConverter.Int64BitsToDouble(random.NextInt64()) });
                break;
            case CellType.Boolean:
                appender.AppendBoolean(random.Next(2) == 0);
                break;
            case CellType.Time:
                var ticks = random.Next(2) == 0 ? Ticks[random.Next(Ticks.Length)] : random.NextInt64(DateTime.MaxValue.Ticks / 10) * 10;
                appender.AppendValue((ticks - DateTime.UnixEpoch.Ticks) / 10);
                break;
            case CellType.Date:
                appender.AppendValue(random.Next(-719162, 2932897));
                break;
            default:
                appender.AppendText(random.Next(3) > 0 ? Texts[random.Next(Texts.Length)] : Texts[random.Next(Texts.Length)] + Texts[random.Next(Texts.Length)]);
                break;
        }
    }

    private static async Task<List<string?>> CellsAsync(Dataset dataset, Field field, CancellationToken token)
    {
        List<string?> cells = [];
        await foreach (var batch in dataset.ReadAsync(new DatasetReadOptions { Columns = [field.Name] }, token))
        {
            using (batch)
            {
                var array = batch.Column(0);
                for (var i = 0; i < array.Length; i++)
                {
                    cells.Add(array.IsNull(i) ? null : array switch
                    {
                        // Payloads of NaN are no part of its value.
                        DoubleArray a => double.IsNaN(a.Values[i]) ? "NaN" : $"{BitConverter.DoubleToInt64Bits(a.Values[i]):X}",
                        Int64Array a => $"{a.Values[i]}",
                        TimestampArray a => $"{a.Values[i]}",
                        Date32Array a => $"{a.Values[i]}",
                        BooleanArray a => $"{a.GetValue(i)}",
                        StringArray a => a.GetString(i),
                        _ => throw new InvalidOperationException(array.GetType().Name),
                    });
                }
            }
        }

        return cells;
    }
}

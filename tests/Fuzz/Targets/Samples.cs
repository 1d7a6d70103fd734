using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data;
using MlOps.Data.Columns;

namespace MlOps.Fuzz.Targets;

/// <summary>A small table with every plain type, as files of the binary formats.</summary>
internal static class Samples
{
    public static Dataset Table(int rows) => Dataset.FromBatches("sample", Schema, [Batch(rows)]);

    public static byte[] Written(Func<string, Task> write)
    {
        var path = Path.Combine(Path.GetTempPath(), $"fuzz-{Path.GetRandomFileName()}");
        try
        {
            write(path).GetAwaiter().GetResult();
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Schema Schema { get; } = new(
        [
            new("i", Int64Type.Default, true), new("d", DoubleType.Default, true), new("b", BooleanType.Default, true), new("s", StringType.Default, true),
            new("t", new TimestampType(TimeUnit.Microsecond, "UTC"), true), new("day", Date32Type.Default, true), new("f", FloatType.Default, true), new("bytes", BinaryType.Default, true),
        ],
        metadata: null);

    private static RecordBatch Batch(int rows)
    {
        var appenders = Schema.FieldsList.Select(ColumnAppender.For).ToArray();
        for (var row = 0; row < rows; row++)
        {
            appenders[0].AppendValue((long)row * 1000);
            appenders[1].AppendValue(row / 3.0);
            appenders[2].AppendBoolean(row % 2 == 0);
            appenders[4].AppendValue(row * 1_000_000L);
            appenders[5].AppendValue(row);
            appenders[6].AppendValue((float)row);
            appenders[7].AppendBytes([(byte)row, 2, 3]);
            if (row % 3 == 0)
            {
                appenders[3].AppendMissing();
            }
            else
            {
                appenders[3].AppendText($"text {row % 4}");
            }
        }

        return new RecordBatch(Schema, appenders.Select(appender => appender.Build()), rows);
    }
}

using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data;
using MlOps.Data.Columns;

namespace MlOps.Conformance;

/// <summary>Tables drawn from a seed: ordinary, extreme and missing cells of every plain type, in batches of odd sizes.</summary>
public sealed class RandomTable : IDatasetSource
{
    private static readonly string[] Texts = ["", "a", "b", "AA", "ä€𝄞", "line\nbreak", "quote \" and ' and ,", "0", "null", " trailing "];

    private readonly Schema _schema;
    private readonly RecordBatch[] _batches;

    private RandomTable(Schema schema, RecordBatch[] batches)
    {
        (_schema, _batches) = (schema, batches);
    }

    /// <summary>A column of each type that all of the SDK's sources hold.</summary>
    public static IReadOnlyList<IArrowType> CommonTypes { get; } =
    [
        Int32Type.Default, Int64Type.Default, FloatType.Default, DoubleType.Default, BooleanType.Default, StringType.Default,
        new TimestampType(TimeUnit.Microsecond, "UTC"),
    ];

    /// <summary>The plain types.</summary>
    public static IReadOnlyList<IArrowType> AllTypes { get; } =
    [
        .. CommonTypes, Int8Type.Default, Int16Type.Default, UInt8Type.Default, UInt16Type.Default, UInt32Type.Default, UInt64Type.Default,
        Date32Type.Default, BinaryType.Default, new Decimal128Type(20, 4), new TimestampType(TimeUnit.Millisecond, (string?)null),
        new TimestampType(TimeUnit.Nanosecond, (string?)null), new TimestampType(TimeUnit.Second, (string?)null),
    ];

    /// <summary>Draws a table; its columns are called <c>c0</c>, <c>c1</c> and so on.</summary>
    public static Dataset Draw(int seed, int rows, IReadOnlyList<IArrowType> types, double missing = 0.2)
    {
        var random = new Random(seed);
        Field[] fields = [.. types.Select((type, i) => new Field($"c{i}", type, true))];
        var schema = new Schema(fields, metadata: null);
        List<RecordBatch> batches = [];
        for (var left = rows; left > 0;)
        {
            var count = Math.Min(left, random.Next(1, 40));
            batches.Add(new RecordBatch(schema, fields.Select(field => Column(random, field, count, missing)).ToArray(), count));
            left -= count;
        }

        return new Dataset("random", new RandomTable(schema, [.. batches]));
    }

    public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_schema);

    public IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, CancellationToken cancellationToken = default) =>
        BatchShaping.ShapeAsync(_batches.ToAsyncEnumerable(), options, cancellationToken);

    private static IArrowArray Column(Random random, Field field, int count, double missing)
    {
        var appender = ColumnAppender.For(field);
        for (var i = 0; i < count; i++)
        {
            if (random.NextDouble() < missing)
            {
                appender.AppendMissing();
            }
            else
            {
                Append(random, field.DataType, appender);
            }
        }

        return appender.Build();
    }

    private static void Append(Random random, IArrowType type, ColumnAppender appender)
    {
        switch (type)
        {
            case BooleanType: appender.AppendBoolean(random.Next(2) == 0); break;
            case StringType: appender.AppendText(random.Next(4) == 0 ? $"text {random.Next(100)}" : Texts[random.Next(Texts.Length)]); break;
            case BinaryType:
                var bytes = new byte[random.Next(5)];
                random.NextBytes(bytes);
                appender.AppendBytes(bytes);
                break;
            case DoubleType:
                appender.AppendValue(random.Next(6) switch { 0 => -1.5, 1 => double.MaxValue, 2 => double.Epsilon, 3 => random.Next(5), _ => random.NextDouble() });
                break;
            case FloatType:
                appender.AppendValue(random.Next(6) switch { 0 => -1.5f, 1 => float.MaxValue, 2 => float.Epsilon, 3 => random.Next(5), _ => random.NextSingle() });
                break;
            case Int64Type: appender.AppendValue(random.Next(5) switch { 0 => long.MinValue, 1 => long.MaxValue, _ => random.NextInt64(-9, 9) }); break;
            case UInt64Type: appender.AppendValue(random.Next(5) == 0 ? ulong.MaxValue : (ulong)random.Next(9)); break;
            case Int32Type: appender.AppendValue(random.Next(5) == 0 ? int.MinValue : random.Next(-9, 9)); break;
            case UInt32Type: appender.AppendValue(random.Next(5) == 0 ? uint.MaxValue : (uint)random.Next(9)); break;
            case Int16Type: appender.AppendValue(random.Next(5) == 0 ? short.MinValue : (short)random.Next(-9, 9)); break;
            case UInt16Type: appender.AppendValue(random.Next(5) == 0 ? ushort.MaxValue : (ushort)random.Next(9)); break;
            case Int8Type: appender.AppendValue((sbyte)random.Next(-128, 128)); break;
            case UInt8Type: appender.AppendValue((byte)random.Next(256)); break;
            case Date32Type: appender.AppendValue(random.Next(-30_000, 30_000)); break;
            case TimestampType { Unit: TimeUnit.Second }: appender.AppendValue(random.NextInt64(-4_000_000_000, 4_000_000_000)); break;
            case TimestampType { Unit: TimeUnit.Millisecond }: appender.AppendValue(random.NextInt64(-4_000_000_000_000, 4_000_000_000_000)); break;
            case TimestampType { Unit: TimeUnit.Microsecond }: appender.AppendValue(random.NextInt64(-4_000_000_000_000_000, 4_000_000_000_000_000)); break;
            case TimestampType: appender.AppendValue(random.NextInt64(-40_000_000, 40_000_000) * 100_000_000_000 / 100 * 100); break;
            case Decimal128Type: appender.AppendValue((Int128)random.NextInt64(-10_000_000_000_000_000, 10_000_000_000_000_000)); break;
            default: throw new ArgumentException($"No cells are drawn of the type {type.Name}.", nameof(type));
        }
    }
}

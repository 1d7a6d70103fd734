using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data.Columns;
using MlOps.Data.Sources;

namespace MlOps.Data.Tests;

/// <summary>Data sets in memory with missing values of every type; what a column holds is told by its name's first letter or its values.</summary>
internal static class HeldRows
{
    public static Dataset Of(params (string Name, IEnumerable<object?> Values)[] columns)
    {
        var arrays = columns.Select(column => Array(column.Values.ToArray(), column.Name)).ToArray();
        var schema = new Schema([.. columns.Zip(arrays, (column, array) => new Field(column.Name, array.Data.DataType, true))], null);

        // Arrow's builders use memory that a reader's disposal frees.
        var held = arrays.Zip(schema.FieldsList, (array, field) => PlainColumns.Copy(array, field, 0, array.Length));
        return new Dataset("rows", new HeldBatches(schema, [new RecordBatch(schema, held, arrays[0].Length)]));
    }

    private static IArrowArray Array(object?[] values, string name)
    {
        switch (values.FirstOrDefault(value => value is not null) ?? Example(name))
        {
            case double: return Build(new DoubleArray.Builder(), values, (builder, value) => builder.Append((double)value));
            case float: return Build(new FloatArray.Builder(), values, (builder, value) => builder.Append((float)value));
            case ulong: return Build(new UInt64Array.Builder(), values, (builder, value) => builder.Append((ulong)value));
            case long: return Build(new Int64Array.Builder(), values, (builder, value) => builder.Append((long)value));
            case int: return Build(new Int32Array.Builder(), values, (builder, value) => builder.Append((int)value));
            case bool: return Build(new BooleanArray.Builder(), values, (builder, value) => builder.Append((bool)value));
            case DateTimeOffset:
                return Build(new TimestampArray.Builder(TimeUnit.Microsecond, "UTC"), values, (builder, value) => builder.Append((DateTimeOffset)value));
            default:
                var texts = new StringArray.Builder();
                foreach (var value in values)
                {
                    texts.Append((string?)value);
                }

                return texts.Build();
        }
    }

    // A column without any value still has a type.
    private static object Example(string name) => name[0] switch
    {
        'n' => 0.0,
        'w' => 0L,
        'b' => false,
        'd' => DateTimeOffset.UnixEpoch,
        _ => "",
    };

    private static IArrowArray Build<TBuilder, TArray>(IArrowArrayBuilder<TArray, TBuilder> builder, object?[] values, Action<TBuilder, object> append)
        where TArray : IArrowArray
        where TBuilder : IArrowArrayBuilder<TArray>
    {
        var own = (TBuilder)builder;
        foreach (var value in values)
        {
            if (value is null)
            {
                AppendNull(own);
            }
            else
            {
                append(own, value);
            }
        }

        return own.Build(null);
    }

    private static void AppendNull(object builder)
    {
        switch (builder)
        {
            case DoubleArray.Builder b: b.AppendNull(); break;
            case Int64Array.Builder b: b.AppendNull(); break;
            case Int32Array.Builder b: b.AppendNull(); break;
            case BooleanArray.Builder b: b.AppendNull(); break;
            case TimestampArray.Builder b: b.AppendNull(); break;
            default: throw new InvalidOperationException(builder.GetType().Name);
        }
    }
}

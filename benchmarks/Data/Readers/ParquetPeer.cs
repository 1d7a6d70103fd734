using Parquet;
using Parquet.Schema;

namespace MlOps.Benchmarks.Readers;

/// <summary>All columns through Parquet.Net.</summary>
internal static class ParquetPeer
{
    public static async Task<long> ReadAsync(string path)
    {
        await using var reader = await ParquetReader.CreateAsync(path);
        var rows = 0L;
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            foreach (var field in reader.Schema.DataFields)
            {
                await ReadAsync(group, field, (int)group.RowCount);
            }

            rows += group.RowCount;
        }

        return rows;
    }

    private static async Task ReadAsync(ParquetRowGroupReader group, DataField field, int rows)
    {
        switch (Type.GetTypeCode(field.ClrType))
        {
            case TypeCode.Object when field.ClrType == typeof(ReadOnlyMemory<char>): await group.ReadAsync(field, new string?[rows].AsMemory()); break;
            case TypeCode.Int64: await Values<long>(group, field, rows); break;
            case TypeCode.Int32: await Values<int>(group, field, rows); break;
            case TypeCode.Int16: await Values<short>(group, field, rows); break;
            case TypeCode.Double: await Values<double>(group, field, rows); break;
            case TypeCode.Single: await Values<float>(group, field, rows); break;
            case TypeCode.Boolean: await Values<bool>(group, field, rows); break;
            case TypeCode.DateTime: await Values<DateTime>(group, field, rows); break;
            default: throw new NotSupportedException($"{field.Name}: {field.ClrType}");
        }
    }

    private static async Task Values<T>(ParquetRowGroupReader group, DataField field, int rows)
        where T : struct
    {
        if (field.IsNullable)
        {
            await group.ReadAsync(field, new T?[rows].AsMemory());
        }
        else
        {
            await group.ReadAsync(field, new T[rows].AsMemory());
        }
    }
}

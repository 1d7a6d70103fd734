using System.Buffers.Binary;

namespace MlOps.Data.Sources;

/// <summary>Holds the counts in the metadata of an Arrow file against the bytes that there are, before its reader takes memory for them.</summary>
/// <remarks>
/// The reader makes lists and arrays of the size that a vector names and only then reads its elements: twenty damaged bytes would cost
/// gigabytes, and it follows columns within columns by recursion. The numbers of the fields are those of Arrow's Message.fbs, Schema.fbs and
/// File.fbs.
/// </remarks>
internal static class ArrowMetadata
{
    private const int BlockBytes = 24;
    private const int NodeBytes = 16;
    private const int BufferBytes = 16;
    private const int DeepestColumn = 64;
    private const int MostColumns = 1_000_000;

    /// <summary>Throws where the footer of a file names more than it has.</summary>
    /// <exception cref="InvalidDataException">Says what.</exception>
    public static void ThrowIfFooterDefect(ReadOnlySpan<byte> bytes)
    {
        var footer = FlatTable.Root(bytes);
        if (footer.TryTable(1, out var schema))
        {
            ThrowIfSchemaDefect(schema);
        }

        _ = footer.Vector(2, BlockBytes);
        _ = footer.Vector(3, BlockBytes);
        _ = footer.Count(4);
    }

    /// <summary>Throws where a message names more than it, or the rest of the file, has.</summary>
    /// <exception cref="InvalidDataException">Says what.</exception>
    public static void ThrowIfMessageDefect(ReadOnlySpan<byte> bytes, long left)
    {
        var message = FlatTable.Root(bytes);
        if (message.Int64(3) is var body && (body < 0 || body > left))
        {
            throw new InvalidDataException($"it names a body of {body} bytes and has {left} more");
        }

        if (!message.TryTable(2, out var header))
        {
            return;
        }

        switch (message.Byte(1))
        {
            case 1:
                ThrowIfSchemaDefect(header);
                break;
            case 2:
                if (header.TryTable(1, out var values))
                {
                    ThrowIfBatchDefect(values);
                }

                break;
            case 3:
                ThrowIfBatchDefect(header);
                break;
        }
    }

    private static void ThrowIfSchemaDefect(FlatTable schema)
    {
        var columns = 0;
        _ = schema.Count(2);
        for (var i = 0; i < schema.Count(1); i++)
        {
            ThrowIfColumnDefect(schema.Table(1, i), depth: 1, ref columns);
        }
    }

    private static void ThrowIfColumnDefect(FlatTable column, int depth, ref int columns)
    {
        if (depth > DeepestColumn || ++columns > MostColumns)
        {
            throw new InvalidDataException($"it has columns more than {DeepestColumn} deep, or more than {MostColumns:N0} of them");
        }

        if (column.TryTable(3, out var type))
        {
            // The numbers of a union's members: the one vector among the descriptions of types.
            const byte union = 14;
            if (column.Byte(2) == union)
            {
                _ = type.Vector(1, sizeof(int));
            }
        }

        _ = column.Count(6);
        for (var i = 0; i < column.Count(5); i++)
        {
            ThrowIfColumnDefect(column.Table(5, i), depth + 1, ref columns);
        }
    }

    private static void ThrowIfBatchDefect(FlatTable batch)
    {
        _ = batch.Vector(1, NodeBytes);
        var buffers = batch.Vector(2, BufferBytes).Length / BufferBytes;
        var counts = batch.Vector(4, sizeof(long));
        for (; !counts.IsEmpty; counts = counts[sizeof(long)..])
        {
            if (BinaryPrimitives.ReadInt64LittleEndian(counts) is var count && (count < 0 || count > buffers))
            {
                throw new InvalidDataException($"it names {count} buffers of a column of texts and has {buffers} in all");
            }
        }
    }
}

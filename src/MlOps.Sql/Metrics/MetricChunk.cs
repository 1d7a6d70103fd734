using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;

namespace MlOps.Sql;

/// <summary>Sorted points of one metric as bytes, column by column.</summary>
/// <remarks>
/// One byte of version; the number of points; the columns of steps, times, values (as the bits of the double, so that NaN and −0 come
/// back as they were) and sequence numbers, each an <see cref="IntegerColumn"/>; a CRC-32 of all that. Times are in the largest of
/// milliseconds, microseconds and ticks of 100 ns that holds them exactly, which a byte before their column says.
/// </remarks>
internal static class MetricChunk
{
    public const byte Version = 1;

    /// <summary>The most points that a chunk is made of; its bytes then stay below the large objects of the collector.</summary>
    public const int MaximumCount = 8192;

    // Turned over, so that .NET's NaN, whose sign is set, comes after all numbers: what a block packs is its distances from the least.
    private const long SignBit = long.MinValue;

    private static readonly long[] _units = [1, TimeSpan.TicksPerMicrosecond, TimeSpan.TicksPerMillisecond];

    public static byte[] Write(ReadOnlySpan<ChunkPoint> points)
    {
        ArgumentOutOfRangeException.ThrowIfZero(points.Length, nameof(points));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points.Length, MaximumCount, nameof(points));
        var rented = ArrayPool<long>.Shared.Rent(points.Length);
        try
        {
            var column = rented.AsSpan(0, points.Length);
            using var writer = new ChunkWriter();
            writer.WriteByte(Version);
            writer.WriteNumber((ulong)points.Length);

            for (var i = 0; i < points.Length; i++)
            {
                column[i] = points[i].Step;
            }

            IntegerColumn.Write(writer, column);
            WriteTimes(writer, points, column);

            for (var i = 0; i < points.Length; i++)
            {
                column[i] = BitConverter.DoubleToInt64Bits(points[i].Value) ^ SignBit;
            }

            IntegerColumn.Write(writer, column);
            for (var i = 0; i < points.Length; i++)
            {
                column[i] = points[i].Sequence;
            }

            IntegerColumn.Write(writer, column);
            writer.WriteUInt32(Crc32.HashToUInt32(writer.Written));
            return writer.Written.ToArray();
        }
        finally
        {
            ArrayPool<long>.Shared.Return(rented);
        }
    }

    /// <summary>Whether a later version of the SDK wrote it.</summary>
    public static bool IsNewer(ReadOnlySpan<byte> chunk) => chunk.Length > 0 && chunk[0] > Version;

    /// <summary>Adds a chunk's points to others.</summary>
    /// <exception cref="InvalidDataException">It is damaged; the message says how.</exception>
    public static void Read(ReadOnlySpan<byte> chunk, PointList points)
    {
        if (chunk.Length <= sizeof(uint) || chunk[0] != Version)
        {
            ChunkReader.ThrowDamaged("it does not begin as one");
        }

        var content = chunk[..^sizeof(uint)];
        if (Crc32.HashToUInt32(content) != BinaryPrimitives.ReadUInt32LittleEndian(chunk[^sizeof(uint)..]))
        {
            ChunkReader.ThrowDamaged("its check sum does not fit its bytes");
        }

        ReadContent(content, points);
    }

    /// <summary>Reads a chunk whose check sum has been looked at, and trusts none of its bytes for that.</summary>
    public static void ReadContent(ReadOnlySpan<byte> content, PointList points)
    {
        var reader = new ChunkReader(content);
        reader.ReadByte();
        var count = reader.ReadNumber();
        if (count is 0 or > MaximumCount)
        {
            ChunkReader.ThrowDamaged("its number of points is none that is written");
        }

        var rented = ArrayPool<long>.Shared.Rent(4 * (int)count);
        try
        {
            var steps = rented.AsSpan(0, (int)count);
            var times = rented.AsSpan((int)count, (int)count);
            var values = rented.AsSpan(2 * (int)count, (int)count);
            var sequences = rented.AsSpan(3 * (int)count, (int)count);
            IntegerColumn.Read(ref reader, steps);
            var unit = reader.ReadByte();
            if (unit >= _units.Length)
            {
                ChunkReader.ThrowDamaged("its times are in no known unit");
            }

            IntegerColumn.Read(ref reader, times);
            IntegerColumn.Read(ref reader, values);
            IntegerColumn.Read(ref reader, sequences);
            if (!reader.IsAtEnd)
            {
                ChunkReader.ThrowDamaged("it goes on after its last point");
            }

            var ticks = _units[unit];
            CheckTimes(times, ticks);
            var target = points.Extend((int)count);
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = new ChunkPoint(steps[i], times[i] * ticks, sequences[i], BitConverter.Int64BitsToDouble(values[i] ^ SignBit));
            }
        }
        finally
        {
            ArrayPool<long>.Shared.Return(rented);
        }
    }

    private static void WriteTimes(ChunkWriter writer, ReadOnlySpan<ChunkPoint> points, Span<long> column)
    {
        var unit = _units.Length - 1;
        foreach (ref readonly var point in points)
        {
            while (point.Ticks % _units[unit] != 0)
            {
                unit--;
            }
        }

        for (var i = 0; i < points.Length; i++)
        {
            column[i] = points[i].Ticks / _units[unit];
        }

        writer.WriteByte((byte)unit);
        IntegerColumn.Write(writer, column);
    }

    private static void CheckTimes(ReadOnlySpan<long> times, long unit)
    {
        var last = DateTime.MaxValue.Ticks / unit;
        foreach (var time in times)
        {
            if (time < 0 || time > last)
            {
                ChunkReader.ThrowDamaged("a time lies outside of the calendar");
            }
        }
    }
}

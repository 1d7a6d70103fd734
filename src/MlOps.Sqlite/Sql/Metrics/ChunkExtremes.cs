using MlOps.Tracking;

namespace MlOps.Sqlite;

/// <summary>The first of the least and of the greatest points of a chunk and its first NaN, with which it can be drawn without being read.</summary>
/// <remarks>As bytes: a version, the number of points, and of each its place, step, ticks and the bits of its value.</remarks>
internal static class ChunkExtremes
{
    private const byte Version = 1;
    private const int Most = 3;

    public static byte[] Write(ReadOnlySpan<ChunkPoint> points)
    {
        Span<int> places = [-1, -1, -1];
        for (var i = 0; i < points.Length; i++)
        {
            var value = points[i].Value;
            if (double.IsNaN(value))
            {
                places[2] = places[2] < 0 ? i : places[2];
                continue;
            }

            places[0] = places[0] < 0 || value < points[places[0]].Value ? i : places[0];
            places[1] = places[1] < 0 || value > points[places[1]].Value ? i : places[1];
        }

        using var writer = new ChunkWriter();
        writer.WriteByte(Version);
        writer.WriteByte((byte)(Most - places.Count(-1)));
        foreach (var place in places)
        {
            if (place >= 0)
            {
                ref readonly var point = ref points[place];
                writer.WriteNumber((ulong)place);
                writer.WriteSigned(point.Step);
                writer.WriteSigned(point.Ticks);
                writer.WriteSigned(BitConverter.DoubleToInt64Bits(point.Value));
            }
        }

        return writer.Written.ToArray();
    }

    /// <summary>Null where a later version wrote them, or they are damaged: the chunk itself says more.</summary>
    public static (int Offset, MetricPoint Point)[]? Read(ReadOnlySpan<byte> bytes, int count)
    {
        try
        {
            var reader = new ChunkReader(bytes);
            if (reader.ReadByte() != Version || reader.ReadByte() is not (var length and <= Most))
            {
                return null;
            }

            var points = new (int, MetricPoint)[length];
            for (var i = 0; i < length; i++)
            {
                var place = reader.ReadNumber();
                var step = reader.ReadSigned();
                var ticks = reader.ReadSigned();
                if (place >= (ulong)count || ticks < 0 || ticks > DateTime.MaxValue.Ticks)
                {
                    return null;
                }

                points[i] = ((int)place, new MetricPoint(
                    step, BitConverter.Int64BitsToDouble(reader.ReadSigned()), new DateTimeOffset(ticks, TimeSpan.Zero)));
            }

            return points;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}

using MlOps.Tracking;

namespace MlOps.Sql;

/// <summary>
/// The first of the least and of the greatest points of a chunk and its first NaN, with which it can be drawn without being read.
/// </summary>
/// <remarks>As bytes: a version, the number of points, and of each its place, step, ticks and the bits of its value.</remarks>
internal static class ChunkExtremes
{
    public const int Most = 3;
    private const byte Version = 1;

    /// <summary>The places of the least, the greatest and the first NaN point; −1 where there is none.</summary>
    public static void Find(ReadOnlySpan<ChunkPoint> points, Span<int> places)
    {
        var (least, greatest, nan) = (-1, -1, -1);
        var (minimum, maximum) = (0.0, 0.0);
        for (var i = 0; i < points.Length; i++)
        {
            var value = points[i].Value;
            if (double.IsNaN(value))
            {
                nan = nan < 0 ? i : nan;
                continue;
            }

            if (least < 0 || value < minimum)
            {
                (least, minimum) = (i, value);
            }

            if (greatest < 0 || value > maximum)
            {
                (greatest, maximum) = (i, value);
            }
        }

        (places[0], places[1], places[2]) = (least, greatest, nan);
    }

    public static byte[] Write(ReadOnlySpan<ChunkPoint> points)
    {
        Span<int> places = stackalloc int[Most];
        Find(points, places);
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

using System.Buffers.Binary;
using System.Text;
using MlOps.Features;

namespace MlOps.Sql;

/// <summary>Packs feature values: a kind byte each, then eight bytes of a number or instant, one of a truth value, or length and UTF-8 of a text.</summary>
internal static class FeatureValues
{
    public static byte[] Pack(IReadOnlyList<FeatureValue> values)
    {
        var size = 0;
        for (var i = 0; i < values.Count; i++)
        {
            size += 1 + values[i].Kind switch
            {
                FeatureValueKind.Missing => 0,
                FeatureValueKind.Text => 4 + Encoding.UTF8.GetByteCount(values[i].AsText()!),
                FeatureValueKind.Boolean => 1,
                _ => 8,
            };
        }

        var bytes = new byte[size];
        var rest = bytes.AsSpan();
        for (var i = 0; i < values.Count; i++)
        {
            var value = values[i];
            rest[0] = (byte)value.Kind;
            rest = rest[1..];
            switch (value.Kind)
            {
                case FeatureValueKind.Number:
                    BinaryPrimitives.WriteDoubleLittleEndian(rest, value.AsNumber());
                    rest = rest[8..];
                    break;
                case FeatureValueKind.Time:
                    BinaryPrimitives.WriteInt64LittleEndian(rest, value.AsTime().UtcTicks);
                    rest = rest[8..];
                    break;
                case FeatureValueKind.Boolean:
                    rest[0] = value.AsBoolean() ? (byte)1 : (byte)0;
                    rest = rest[1..];
                    break;
                case FeatureValueKind.Text:
                    var length = Encoding.UTF8.GetBytes(value.AsText(), rest[4..]);
                    BinaryPrimitives.WriteInt32LittleEndian(rest, length);
                    rest = rest[(4 + length)..];
                    break;
            }
        }

        return bytes;
    }

    public static FeatureValue[] Unpack(ReadOnlySpan<byte> bytes)
    {
        var values = new FeatureValue[CountOf(bytes)];
        for (var i = 0; i < values.Length; i++)
        {
            var size = SizeOf(bytes);
            var content = bytes[1..size];
            values[i] = (FeatureValueKind)bytes[0] switch
            {
                FeatureValueKind.Number => BinaryPrimitives.ReadDoubleLittleEndian(content),
                FeatureValueKind.Time => new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(content), TimeSpan.Zero),
                FeatureValueKind.Boolean => content[0] != 0,
                FeatureValueKind.Text => Encoding.UTF8.GetString(content[4..]),
                _ => FeatureValue.Missing,
            };
            bytes = bytes[size..];
        }

        return values;
    }

    private static int CountOf(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        for (; bytes.Length > 0; count++)
        {
            bytes = bytes[SizeOf(bytes)..];
        }

        return count;
    }

    private static int SizeOf(ReadOnlySpan<byte> bytes) => (FeatureValueKind)bytes[0] switch
    {
        FeatureValueKind.Missing => 1,
        FeatureValueKind.Boolean => 2,
        FeatureValueKind.Text => 5 + BinaryPrimitives.ReadInt32LittleEndian(bytes[1..]),
        _ => 9,
    };
}

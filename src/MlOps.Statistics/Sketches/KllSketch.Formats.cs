using System.Buffers.Binary;

namespace MlOps.Statistics;

/// <content>The own binary form and that of Apache DataSketches.</content>
public sealed partial class KllSketch
{
    private const uint Tag = 0x4C4C4B4D; // "MKLL"
    private const int DataSketchesFamily = 15;
    private const int ShortPreamble = 8;
    private const int FullPreamble = 20;

    [Flags]
    private enum DataSketchesFlags
    {
        Empty = 1,
        LevelZeroSorted = 2,
        SingleItem = 4,
    }

    /// <summary>Writes the compact, versioned and checksummed form.</summary>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Count(K);
        writer.Count(_minimumK);
        writer.Count(Count);
        writer.Count(MissingCount);
        writer.Fixed(BitConverter.DoubleToUInt64Bits(_minimum));
        writer.Fixed(BitConverter.DoubleToUInt64Bits(_maximum));
        writer.Fixed(_coin);
        writer.Count(_levels);
        for (var height = 0; height < _levels; height++)
        {
            writer.Count(_starts[height + 1] - _starts[height]);
            foreach (var value in Level(height))
            {
                writer.Fixed(BitConverter.DoubleToUInt64Bits(value));
            }
        }

        return writer.Complete();
    }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged or of another version.</exception>
    public static KllSketch Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "KLL sketch");
        long k = reader.Count(), minimumK = reader.Count();
        if (k is < 8 or > 65_535)
        {
            throw PayloadReader.Damaged();
        }

        var sketch = new KllSketch((int)k) { Count = reader.Count(), MissingCount = reader.Count() };
        sketch._minimum = BitConverter.UInt64BitsToDouble(reader.Fixed());
        sketch._maximum = BitConverter.UInt64BitsToDouble(reader.Fixed());
        sketch._coin = reader.Fixed();
        var levels = new double[reader.Length(1)][];
        for (var height = 0; height < levels.Length; height++)
        {
            levels[height] = new double[reader.Length(sizeof(double))];
            foreach (ref var value in levels[height].AsSpan())
            {
                value = BitConverter.UInt64BitsToDouble(reader.Fixed());
            }
        }

        reader.End();
        sketch.Fill(levels, minimumK, BufferCapacity);
        return sketch;
    }

    /// <summary>Writes the compact form of Apache DataSketches' <c>kll_doubles_sketch</c>, which its Java, C++ and Python libraries
    /// read.</summary>
    /// <remarks>That form has no room for <see cref="MissingCount"/>, and values in the buffer beyond its capacity are halved into it
    /// first.</remarks>
    public byte[] ToDataSketches() => ToDataSketches(sizeof(double), BinaryPrimitives.WriteDoubleLittleEndian);

    /// <summary>Writes the compact form of Apache DataSketches' <c>kll_floats_sketch</c>: as <see cref="ToDataSketches()"/>, each value
    /// rounded to a float.</summary>
    public byte[] ToDataSketchesFloats() =>
        ToDataSketches(sizeof(float), static (target, value) => BinaryPrimitives.WriteSingleLittleEndian(target, (float)value));

    /// <summary>Reads a compact <c>kll_doubles_sketch</c> of Apache DataSketches; the bytes do not say whether they hold doubles or
    /// floats.</summary>
    /// <exception cref="FormatException">The bytes are damaged, updatable (serial version 3), or of another sketch.</exception>
    public static KllSketch ReadDataSketches(ReadOnlySpan<byte> bytes) =>
        ReadDataSketches(bytes, sizeof(double), BinaryPrimitives.ReadDoubleLittleEndian);

    /// <summary>Reads a compact <c>kll_floats_sketch</c> of Apache DataSketches.</summary>
    /// <exception cref="FormatException">The bytes are damaged, updatable (serial version 3), or of another sketch.</exception>
    public static KllSketch ReadDataSketchesFloats(ReadOnlySpan<byte> bytes) =>
        ReadDataSketches(bytes, sizeof(float), static source => BinaryPrimitives.ReadSingleLittleEndian(source));

    private delegate void ItemWriter(Span<byte> target, double value);

    private delegate double ItemReader(ReadOnlySpan<byte> source);

    private byte[] ToDataSketches(int size, ItemWriter write)
    {
        var sketch = this;
        if (Retained > Capacity(_levels, buffer: 0))
        {
            sketch = new KllSketch(K);
            sketch.Merge(this);
            sketch.Shrink(buffer: 0);
        }

        var single = Count == 1;
        var itemsAt = Count == 0 || single ? ShortPreamble : FullPreamble + (4 * sketch._levels) + (2 * size);
        var bytes = new byte[itemsAt + (size * sketch.Retained)];
        bytes[0] = (byte)(Count <= 1 ? 2 : 5);
        bytes[1] = (byte)(single ? 2 : 1);
        bytes[2] = DataSketchesFamily;
        bytes[3] = (byte)(Count == 0 ? DataSketchesFlags.Empty : single ? DataSketchesFlags.SingleItem : 0);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), (ushort)K);
        bytes[6] = MinimumLevelCapacity;
        if (Count > 1)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), Count);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(16), (ushort)_minimumK);
            bytes[18] = (byte)sketch._levels;

            // The offsets count from the bottom of an array of full capacity, of which the free part is not stored.
            var free = sketch.Capacity(sketch._levels, buffer: 0) - sketch.Retained;
            for (var height = 0; height < sketch._levels; height++)
            {
                var offset = free + sketch._starts[height] - sketch._starts[0];
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(FullPreamble + (4 * height)), offset);
            }

            write(bytes.AsSpan(itemsAt - (2 * size)), _minimum);
            write(bytes.AsSpan(itemsAt - size), _maximum);
        }

        var target = bytes.AsSpan(itemsAt);
        foreach (var value in sketch._items.AsSpan(sketch._starts[0]))
        {
            write(target, value);
            target = target[size..];
        }

        return bytes;
    }

    private static KllSketch ReadDataSketches(ReadOnlySpan<byte> bytes, int size, ItemReader read)
    {
        if (bytes.Length < ShortPreamble || bytes[2] != DataSketchesFamily)
        {
            throw new FormatException($"These {bytes.Length} bytes are no KLL sketch of Apache DataSketches.");
        }

        if (bytes[1] == 3)
        {
            throw new FormatException(
                "This KLL sketch is in the updatable form of Apache DataSketches (serial version 3); write it in the compact form.");
        }

        var flags = (DataSketchesFlags)bytes[3];
        var single = flags.HasFlag(DataSketchesFlags.SingleItem);
        var isShort = single || flags.HasFlag(DataSketchesFlags.Empty);
        int k = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        if (k < 8 || bytes[6] != MinimumLevelCapacity || bytes[0] != (isShort ? 2 : 5) || bytes[1] is not (1 or 2))
        {
            throw Damaged("its preamble is impossible");
        }

        var sketch = new KllSketch(k);
        if (isShort)
        {
            if (bytes.Length != ShortPreamble + (single ? size : 0))
            {
                throw Damaged("its length is wrong");
            }

            if (single)
            {
                sketch.Add(read(bytes[ShortPreamble..]));
            }

            return sketch.MissingCount == 0 ? sketch : throw Damaged("its item is NaN");
        }

        int levels = bytes.Length < FullPreamble ? 0 : bytes[18];
        var itemsAt = FullPreamble + (4 * levels) + (2 * size);
        if (levels is < 1 or > MaximumLevels || bytes.Length < itemsAt || (bytes.Length - itemsAt) % size != 0)
        {
            throw Damaged("it is cut off");
        }

        sketch.Count = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        sketch._minimum = read(bytes[(itemsAt - (2 * size))..]);
        sketch._maximum = read(bytes[(itemsAt - size)..]);
        var offset = (long)sketch.Capacity(levels, buffer: 0) - ((bytes.Length - itemsAt) / size);
        var items = bytes[itemsAt..];
        var values = new double[levels][];
        for (var height = 0; height < levels; height++)
        {
            var next = height + 1 == levels
                ? sketch.Capacity(levels, buffer: 0)
                : BinaryPrimitives.ReadInt32LittleEndian(bytes[(FullPreamble + (4 * (height + 1)))..]);
            var start = BinaryPrimitives.ReadInt32LittleEndian(bytes[(FullPreamble + (4 * height))..]);
            if (start != offset || next < offset || next - offset > items.Length / size)
            {
                throw Damaged("its levels do not fit its items");
            }

            values[height] = new double[next - offset];
            for (var i = 0; i < values[height].Length; i++, items = items[size..])
            {
                values[height][i] = read(items);
            }

            offset = next;
        }

        sketch.Fill(values, BinaryPrimitives.ReadUInt16LittleEndian(bytes[16..]), buffer: 0);
        return sketch;
    }

    // Takes over levels from outside after checking all that later code relies on.
    private void Fill(double[][] levels, long minimumK, int buffer)
    {
        if (levels.Length is < 1 or > MaximumLevels || minimumK < MinimumLevelCapacity || minimumK > K)
        {
            throw Damaged("its header is impossible");
        }

        long weight = 0, retained = 0;
        for (var height = 0; height < levels.Length; height++)
        {
            var previous = double.NegativeInfinity;
            foreach (var value in levels[height])
            {
                if (!(value >= _minimum && value <= _maximum) || (height > 0 && value < previous))
                {
                    throw Damaged("a value is out of order or outside its minimum and maximum");
                }

                previous = value;
            }

            retained += levels[height].Length;
            if (levels[height].Length > (long.MaxValue - weight) >> height)
            {
                throw Damaged("its levels weigh more than any stream");
            }

            weight += (long)levels[height].Length << height;
        }

        var isEmptyWithExtremes = Count == 0 && !(double.IsPositiveInfinity(_minimum) && double.IsNegativeInfinity(_maximum));
        if (weight != Count || retained > Capacity(levels.Length, buffer) || isEmptyWithExtremes)
        {
            throw Damaged("its levels do not add up to its count");
        }

        _minimumK = (int)minimumK;
        _levels = levels.Length;
        _items = new double[Capacity(_levels)];
        var end = _items.Length;
        _starts[_levels] = end;
        for (var height = _levels - 1; height >= 0; height--)
        {
            end -= levels[height].Length;
            levels[height].CopyTo(_items, end);
            _starts[height] = end;
        }
    }

    private static FormatException Damaged(string how) => new($"The KLL sketch is damaged: {how}.");
}

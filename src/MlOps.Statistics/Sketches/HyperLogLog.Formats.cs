using System.Buffers.Binary;

namespace MlOps.Statistics;

/// <content>The own binary form and that of Apache DataSketches.</content>
public sealed partial class HyperLogLog
{
    private const uint Tag = 0x4C4C484D; // "MHLL"
    private const int DataSketchesFamily = 7;
    private const int ListPreamble = 8;
    private const int SetPreamble = 12;
    private const int RegisterPreamble = 40;
    private const int AddressBits = 26;
    private const byte Exception = 15;

    private enum DataSketchesMode
    {
        List = 0,
        Set = 1,
        Registers = 2,
    }

    [Flags]
    private enum DataSketchesFlags
    {
        Empty = 4,
        Compact = 8,
        OutOfOrder = 16,
    }

    /// <summary>Writes the versioned and checksummed form, six bits a register.</summary>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Count(Precision);
        var packed = new byte[PackedLength(6)];
        Pack6(packed);
        writer.Block(packed);
        return writer.Complete();
    }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged or of another version.</exception>
    public static HyperLogLog Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "HyperLogLog sketch");
        var precision = reader.Count();
        var packed = reader.Block();
        reader.End();
        if (precision is < MinimumPrecision or > MaximumPrecision || packed.Length != ((3 << (int)precision) >> 2) + 1)
        {
            throw PayloadReader.Damaged();
        }

        var sketch = new HyperLogLog((int)precision);
        sketch.Unpack6(packed);
        return sketch;
    }

    /// <summary>Writes the compact form of Apache DataSketches' <c>hll_sketch</c>, which its Java, C++ and Python libraries read.</summary>
    /// <param name="bitsPerRegister">4, 6 or 8: the type HLL_4, HLL_6 or HLL_8; all three hold the same.</param>
    /// <remarks>
    /// Always registers, never the coupon list or set of a small sketch, and marked as merged (out of order): a reader estimates with the
    /// error stated here, not with the smaller one of a sketch that saw its stream in order.
    /// </remarks>
    public byte[] ToDataSketches(int bitsPerRegister = 8)
    {
        if (bitsPerRegister is not (4 or 6 or 8))
        {
            throw new ArgumentOutOfRangeException(nameof(bitsPerRegister), bitsPerRegister, "A register has 4, 6 or 8 bits.");
        }

        var type = ((bitsPerRegister - 4) / 2) << 2;
        var zeros = _registers.AsSpan().Count((byte)0);
        if (zeros == _registers.Length)
        {
            const byte Flags = (byte)(DataSketchesFlags.Empty | DataSketchesFlags.Compact);
            return [2, 1, DataSketchesFamily, (byte)Precision, 3, Flags, 0, (byte)type];
        }

        byte least = 0;
        while (bitsPerRegister == 4 && !_registers.AsSpan().Contains(least))
        {
            least++;
        }

        var exceptions = bitsPerRegister == 4 ? CountFrom(least + Exception) : 0;
        var bytes = new byte[RegisterPreamble + PackedLength(bitsPerRegister) + (4 * exceptions)];
        bytes[0] = 10;
        bytes[1] = 1;
        bytes[2] = DataSketchesFamily;
        bytes[3] = (byte)Precision;
        bytes[4] = (byte)(exceptions == 0 ? 0 : ExceptionTableSize(exceptions));
        bytes[5] = (byte)(DataSketchesFlags.Compact | DataSketchesFlags.OutOfOrder);
        bytes[6] = least;
        bytes[7] = (byte)(type | (int)DataSketchesMode.Registers);
        double coarse = 0, fine = 0;
        foreach (var register in _registers)
        {
            var term = Math.ScaleB(1, -register);
            coarse += register < 32 ? term : 0;
            fine += register < 32 ? 0 : term;
        }

        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8), Estimate());
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(16), coarse);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(24), fine);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(32), _registers.AsSpan().Count(least));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(36), exceptions);
        var packed = bytes.AsSpan(RegisterPreamble);
        switch (bitsPerRegister)
        {
            case 4:
                Pack4(packed, least);
                break;
            case 6:
                Pack6(packed);
                break;
            default:
                _registers.CopyTo(packed);
                break;
        }

        return bytes;
    }

    /// <summary>Reads an <c>hll_sketch</c> of Apache DataSketches: HLL_4, HLL_6 or HLL_8, compact or updatable, in list, set or register
    /// mode.</summary>
    /// <remarks>A list or set of coupons goes into registers at once, and the in-order (HIP) estimate is dropped.</remarks>
    /// <exception cref="FormatException">The bytes are damaged or of another sketch.</exception>
    public static HyperLogLog ReadDataSketches(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ListPreamble || bytes[2] != DataSketchesFamily)
        {
            throw new FormatException($"These {bytes.Length} bytes are no HLL sketch of Apache DataSketches.");
        }

        var mode = (DataSketchesMode)(bytes[7] & 3);
        var type = bytes[7] >> 2;
        var compact = ((DataSketchesFlags)bytes[5]).HasFlag(DataSketchesFlags.Compact);
        int expected = mode switch { DataSketchesMode.List => 2, DataSketchesMode.Set => 3, DataSketchesMode.Registers => 10, _ => -1 };
        if (bytes[0] != expected || bytes[1] != 1 || bytes[3] is < MinimumPrecision or > MaximumPrecision || type > 2)
        {
            throw Damaged("its preamble is impossible");
        }

        if (mode == DataSketchesMode.Registers)
        {
            return ReadRegisters(bytes, bits: 4 + (2 * type), compact);
        }

        if (((DataSketchesFlags)bytes[5]).HasFlag(DataSketchesFlags.Empty))
        {
            return !compact || bytes.Length == ListPreamble ? new HyperLogLog(bytes[3]) : throw Damaged("it is empty and yet has content");
        }

        var start = mode == DataSketchesMode.List ? ListPreamble : SetPreamble;
        if (bytes.Length < start)
        {
            throw Damaged("it is cut off");
        }

        var count = mode == DataSketchesMode.List ? bytes[6] : BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        var sketch = new HyperLogLog(bytes[3]);
        var read = Coupons(bytes[start..], count, bytes[4], compact, (address, rank) =>
        {
            sketch.Raise(address & (sketch._registers.Length - 1), rank);
            return true;
        });
        return read ? sketch : throw Damaged("its coupons do not add up to their count");
    }

    private static HyperLogLog ReadRegisters(ReadOnlySpan<byte> bytes, int bits, bool compact)
    {
        // The length comes first, so that a few bytes cannot ask for megabytes.
        var length = PackedLength(bits, bytes[3]);
        if (bytes.Length < RegisterPreamble + length)
        {
            throw Damaged("it is cut off");
        }

        var sketch = new HyperLogLog(bytes[3]);
        var packed = bytes.Slice(RegisterPreamble, length);
        var rest = bytes[(RegisterPreamble + length)..];
        var exceptions = BinaryPrimitives.ReadInt32LittleEndian(bytes[36..]);
        switch (bits)
        {
            case 4:
                var registers = sketch._registers;
                var least = bytes[6];
                var found = Unpack4(packed, least, registers);
                var matched = Coupons(rest, exceptions, bytes[4], compact, (address, rank) =>
                {
                    ref var register = ref registers[address & (registers.Length - 1)];
                    var isException = register == byte.MaxValue && rank >= least + Exception;
                    register = (byte)rank;
                    return isException;
                });
                if (found != exceptions || !matched)
                {
                    throw Damaged("its exceptions do not match its registers");
                }

                break;
            case 6:
                sketch.Unpack6(packed);
                break;
            default:
                packed.CopyTo(sketch._registers);
                break;
        }

        if ((bits != 4 && compact && !rest.IsEmpty) || sketch._registers.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)MaximumRank))
        {
            throw Damaged("a register is out of range or the length is wrong");
        }

        return sketch;
    }

    // Calls back for each coupon, an address in the low 26 bits and a rank above; false where they are not as many as they should be.
    private static bool Coupons(ReadOnlySpan<byte> bytes, int count, int tableSize, bool compact, Func<int, int, bool> take)
    {
        long slots = compact || count == 0 ? count : tableSize is >= 2 and <= AddressBits ? 1L << tableSize : -1;
        if (count < 0 || slots < count || slots * 4 > bytes.Length || (compact && slots * 4 != bytes.Length))
        {
            return false;
        }

        var taken = 0;
        for (var i = 0; i < slots; i++)
        {
            var coupon = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * i)..]);
            if (coupon == 0 && !compact)
            {
                continue;
            }

            var rank = (int)(coupon >> AddressBits);
            if (rank == 0 || !take((int)(coupon & ((1 << AddressBits) - 1)), rank))
            {
                return false;
            }

            taken++;
        }

        return taken == count;
    }

    private static FormatException Damaged(string how) => new($"The HLL sketch is damaged: {how}.");
}

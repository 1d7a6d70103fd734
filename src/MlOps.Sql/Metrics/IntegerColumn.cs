using System.Numerics;

namespace MlOps.Sql;

/// <summary>Columns of whole numbers, in blocks that each take the cheapest of three forms.</summary>
/// <remarks>
/// <para>
/// A column begins with its first number. Blocks of up to 128 follow, each as differences from the block's least one (frame of reference,
/// bit-packed): of the numbers themselves, of their steps, or of the changes of their steps. Bits that are zero in all are cut off at the
/// low end (a float that became a double has 29), and a few differences that are much larger than the rest are set apart with their upper
/// bits (Zukowski, Héman, Nes and Boncz: Super-scalar RAM-CPU cache compression, ICDE 2006), so that one late clock tick or one NaN does
/// not widen its whole block.
/// </para>
/// <para>
/// The bits of a double are such a number. Noisy doubles have no more than their sign, exponent and first digits in common, which the
/// frame of reference takes out; what is left does not compress, by XOR with the one before (Gorilla) or by a general compressor either.
/// </para>
/// </remarks>
internal static class IntegerColumn
{
    public const int BlockLength = 128;

    private const byte HasExceptions = 0x80;

    private enum Form
    {
        Numbers,
        Steps,
        Changes,
    }

    public static void Write(ChunkWriter writer, ReadOnlySpan<long> column)
    {
        writer.WriteSigned(column[0]);
        var (previous, step) = (column[0], 0L);
        for (var rest = column[1..]; rest.Length > 0;)
        {
            var block = rest[..Math.Min(BlockLength, rest.Length)];
            WriteBlock(writer, block, previous, step);
            step = unchecked(block[^1] - (block.Length > 1 ? block[^2] : previous));
            previous = block[^1];
            rest = rest[block.Length..];
        }
    }

    public static void Read(ref ChunkReader reader, Span<long> column)
    {
        column[0] = reader.ReadSigned();
        var (previous, step) = (column[0], 0L);
        for (var rest = column[1..]; rest.Length > 0;)
        {
            var block = rest[..Math.Min(BlockLength, rest.Length)];
            ReadBlock(ref reader, block, previous, step);
            step = unchecked(block[^1] - (block.Length > 1 ? block[^2] : previous));
            previous = block[^1];
            rest = rest[block.Length..];
        }
    }

    private static void WriteBlock(ChunkWriter writer, ReadOnlySpan<long> numbers, long previous, long step)
    {
        Span<long> steps = stackalloc long[numbers.Length];
        Span<long> changes = stackalloc long[numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            steps[i] = unchecked(numbers[i] - previous);
            changes[i] = unchecked(steps[i] - step);
            (previous, step) = (numbers[i], steps[i]);
        }

        var form = Form.Changes;
        var best = Packing.Of(changes);
        ReadOnlySpan<long> source = changes;
        if (best.Bits > 0 && Packing.Of(steps) is var bySteps && bySteps.Bits < best.Bits)
        {
            (form, best) = (Form.Steps, bySteps);
            source = steps;
        }

        if (best.Bits > 0 && Packing.Of(numbers) is var byNumbers && byNumbers.Bits < best.Bits)
        {
            (form, best) = (Form.Numbers, byNumbers);
            source = numbers;
        }

        Span<ulong> differences = stackalloc ulong[source.Length];
        for (var i = 0; i < source.Length; i++)
        {
            differences[i] = unchecked((ulong)source[i] - (ulong)best.Least) >> best.Shift;
        }

        writer.WriteByte((byte)(best.Width | (best.Exceptions > 0 ? HasExceptions : 0)));
        writer.WriteByte((byte)(((int)form << 6) | best.Shift));
        writer.WriteSigned(best.Least);
        writer.WriteBits(differences, best.Width);
        if (best.Exceptions > 0)
        {
            writer.WriteByte((byte)best.Exceptions);
            for (var i = 0; i < differences.Length; i++)
            {
                if (differences[i] >> best.Width != 0)
                {
                    writer.WriteByte((byte)i);
                    writer.WriteNumber(differences[i] >> best.Width);
                }
            }
        }
    }

    private static void ReadBlock(ref ChunkReader reader, Span<long> block, long previous, long step)
    {
        var width = reader.ReadByte();
        var hasExceptions = (width & HasExceptions) != 0;
        width &= HasExceptions - 1;
        var form = reader.ReadByte();
        var shift = form & 0x3F;
        form >>= 6;
        if (width > 64 || form > (byte)Form.Changes)
        {
            ChunkReader.ThrowDamaged("a block has no known form");
        }

        var least = reader.ReadSigned();
        Span<ulong> differences = stackalloc ulong[block.Length];
        reader.ReadBits(differences, width);
        if (hasExceptions)
        {
            for (int left = reader.ReadByte(); left > 0; left--)
            {
                var at = reader.ReadByte();
                var upper = reader.ReadNumber();
                if (at >= block.Length || width == 64)
                {
                    ChunkReader.ThrowDamaged("an exception lies outside of its block");
                }

                differences[at] |= upper << width;
            }
        }

        for (var i = 0; i < block.Length; i++)
        {
            var number = unchecked(least + (long)(differences[i] << shift));
            switch ((Form)form)
            {
                case Form.Changes:
                    step = unchecked(step + number);
                    previous = unchecked(previous + step);
                    break;
                case Form.Steps:
                    previous = unchecked(previous + number);
                    break;
                default:
                    previous = number;
                    break;
            }

            block[i] = previous;
        }
    }

    /// <summary>How numbers of a block are packed, and how many bits that takes.</summary>
    private readonly record struct Packing(long Least, int Shift, int Width, int Exceptions, int Bits)
    {
        public static Packing Of(ReadOnlySpan<long> numbers)
        {
            var least = numbers[0];
            foreach (var number in numbers)
            {
                least = Math.Min(least, number);
            }

            var union = 0UL;
            Span<byte> lengths = stackalloc byte[BlockLength];
            for (var i = 0; i < numbers.Length; i++)
            {
                var difference = unchecked((ulong)numbers[i] - (ulong)least);
                union |= difference;
                lengths[i] = (byte)(64 - BitOperations.LeadingZeroCount(difference));
            }

            if (union == 0)
            {
                return new Packing(least, 0, 0, 0, 0);
            }

            Span<byte> counts = stackalloc byte[65];
            counts.Clear();
            foreach (var length in lengths[..numbers.Length])
            {
                counts[length]++;
            }

            var shift = BitOperations.TrailingZeroCount(union);
            var widest = 64 - BitOperations.LeadingZeroCount(union) - shift;
            var best = new Packing(least, shift, widest, 0, numbers.Length * widest);
            for (var (width, exceptions) = (widest - 1, (int)counts[widest + shift]);
                width >= 0 && exceptions <= numbers.Length / 4;
                exceptions += counts[width + shift], width--)
            {
                // A count, and for each its place and its upper bits in bytes of seven.
                var bits = (numbers.Length * width) + 8 + (exceptions * (8 + (8 * ((widest - width + 6) / 7))));
                if (bits < best.Bits)
                {
                    best = new Packing(least, shift, width, exceptions, bits);
                }
            }

            return best;
        }
    }
}

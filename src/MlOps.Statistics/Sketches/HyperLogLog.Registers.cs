using System.Buffers.Binary;
using System.Numerics;

namespace MlOps.Statistics;

/// <content>Registers of four and of six bits.</content>
public sealed partial class HyperLogLog
{
    // The least base-2 logarithm of the size of the exception table that DataSketches keeps beside 4-bit registers, by precision from 4.
    private static ReadOnlySpan<byte> ExceptionTableSizes => [2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 11, 12, 13];

    private int CountFrom(int rank)
    {
        var count = 0;
        foreach (var register in _registers)
        {
            count += register >= rank ? 1 : 0;
        }

        return count;
    }

    private int PackedLength(int bits) => PackedLength(bits, Precision);

    private static int PackedLength(int bits, int precision) => bits == 6 ? ((3 << precision) >> 2) + 1 : (bits << precision) >> 3;

    private int ExceptionTableSize(int exceptions)
    {
        var slots = BitOperations.RoundUpToPowerOf2((uint)exceptions);
        slots = 4 * exceptions > 3 * slots ? slots << 1 : slots;
        return Math.Max(ExceptionTableSizes[Precision - MinimumPrecision], BitOperations.Log2(slots));
    }

    private void Pack4(Span<byte> target, int least)
    {
        var exceptions = target[(_registers.Length / 2)..];
        for (var i = 0; i < _registers.Length; i++)
        {
            var above = _registers[i] - least;
            if (above >= Exception)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(exceptions, ((uint)_registers[i] << AddressBits) | (uint)i);
                exceptions = exceptions[4..];
                above = Exception;
            }

            target[i >> 1] |= (byte)(above << (4 * (i & 1)));
        }
    }

    // Exceptions are marked with the greatest byte; returns how many there are.
    private static int Unpack4(ReadOnlySpan<byte> packed, int least, Span<byte> registers)
    {
        var exceptions = 0;
        for (var i = 0; i < registers.Length; i++)
        {
            var above = (packed[i >> 1] >> (4 * (i & 1))) & Exception;
            exceptions += above == Exception ? 1 : 0;
            registers[i] = above == Exception ? byte.MaxValue : (byte)Math.Min(above + least, MaximumRank + 1);
        }

        return exceptions;
    }

    // Four registers of six bits make three bytes, least bits first; one byte of zero follows, as DataSketches has it.
    private void Pack6(Span<byte> target)
    {
        for (int i = 0, at = 0; i < _registers.Length; i += 4, at += 3)
        {
            var bits = _registers[i] | (_registers[i + 1] << 6) | (_registers[i + 2] << 12) | (_registers[i + 3] << 18);
            target[at] = (byte)bits;
            target[at + 1] = (byte)(bits >> 8);
            target[at + 2] = (byte)(bits >> 16);
        }
    }

    private void Unpack6(ReadOnlySpan<byte> packed)
    {
        for (int i = 0, at = 0; i < _registers.Length; i += 4, at += 3)
        {
            var bits = packed[at] | (packed[at + 1] << 8) | (packed[at + 2] << 16);
            for (var j = 0; j < 4; j++, bits >>= 6)
            {
                _registers[i + j] = (byte)(bits & MaximumRank);
            }
        }
    }
}

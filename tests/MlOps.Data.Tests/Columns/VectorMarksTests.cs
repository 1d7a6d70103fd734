using MlOps.Data.Columns;

namespace MlOps.Data.Tests.Columns;

public sealed class VectorMarksTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 257)];

    [Theory, MemberData(nameof(Lengths))]
    public void Marks_of_every_length_are_those_of_a_loop(int length)
    {
        Check(Draw(length, seed: 1, draw => draw % 9 == 0 ? double.NaN : draw % 7), Draw(length, seed: 2, draw => draw % 11 == 0 ? double.NaN : draw % 7), 2.0, 4.0);
        Check(Draw(length, seed: 3, draw => (float)(draw % 7)), Draw(length, seed: 4, draw => draw % 5 == 0 ? float.NaN : draw % 7), 2f, 4f);
        Check(Draw(length, seed: 5, draw => (long)(draw % 7)), Draw(length, seed: 6, draw => (long)(draw % 7)), 2L, 4L);
        Check(Draw(length, seed: 7, draw => draw % 7), Draw(length, seed: 8, draw => draw % 7), 2, 4);
        Check(Draw(length, seed: 9, draw => (ushort)(draw % 7)), Draw(length, seed: 10, draw => (ushort)(draw % 7)), (ushort)2, (ushort)4);
        Check(Draw(length, seed: 11, draw => (sbyte)((draw % 7) - 3)), Draw(length, seed: 12, draw => (sbyte)((draw % 7) - 3)), (sbyte)-1, (sbyte)1);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(7), InlineData(8), InlineData(13), InlineData(64), InlineData(71)]
    public void A_validity_bitmap_is_read_from_any_bit(int offset)
    {
        var bitmap = Draw(40, seed: 13, draw => (byte)draw);
        RowBits bits = new();
        for (var length = 0; length <= (8 * bitmap.Length) - offset; length++)
        {
            bits.Reset(length, value: false);
            ValidityBits.Copy(bitmap, offset, bits);
            var expected = Enumerable.Range(0, length).Where(row => (bitmap[(offset + row) >> 3] >> ((offset + row) & 7) & 1) == 1);
            Assert.Equal(expected, Rows(bits));
            Assert.Equal(expected.Count(), bits.Count);
        }
    }

    [Fact]
    public void Bits_past_the_last_row_never_appear()
    {
        RowBits bits = new();
        bits.Reset(70, value: false);
        bits.Invert();
        Assert.Equal(70, bits.Count);
        bits.Reset(3, value: true);
        Assert.Equal([0, 1, 2], Rows(bits));
        bits.Unset(1);
        Assert.Equal([0, 2], Rows(bits));
    }

    private static void Check<T>(T[] left, T[] right, T min, T max)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        Assert.Equal(Where(left, value => !(value >= min && value <= max)), Marks(left.Length, words => VectorMarks.Outside<T>(left, min, max, words)));
        Assert.Equal(Where(left, (value, i) => value < right[i]), Marks(left.Length, words => VectorMarks.Less<T>(left, right, words)));
        Assert.Equal(Where(left, (value, i) => value == right[i]), Marks(left.Length, words => VectorMarks.Equal<T>(left, right, words)));
        Assert.Equal(Where(left, value => !T.IsNaN(value)), Marks(left.Length, words =>
        {
            Array.Fill(words, ulong.MaxValue);
            VectorMarks.ClearNaN<T>(left, words);
        }));
    }

    private static int[] Marks(int length, Action<ulong[]> mark)
    {
        var words = new ulong[(length + 63) / 64];
        mark(words);
        return [.. Enumerable.Range(0, words.Length * 64).Where(row => row < length && (words[row >> 6] >> (row & 63) & 1) == 1)];
    }

    private static int[] Where<T>(T[] values, Func<T, bool> holds) => Where(values, (value, _) => holds(value));

    private static int[] Where<T>(T[] values, Func<T, int, bool> holds) => [.. Enumerable.Range(0, values.Length).Where(i => holds(values[i], i))];

    private static List<int> Rows(RowBits bits)
    {
        List<int> rows = [];
        foreach (var row in bits)
        {
            rows.Add(row);
        }

        return rows;
    }

    private static T[] Draw<T>(int length, int seed, Func<int, T> value)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => value(random.Next(1, 1000)))];
    }
}

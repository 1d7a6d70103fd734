using Apache.Arrow;
using FsCheck.Xunit;
using MlOps.Data.Columns;

namespace MlOps.Data.Tests.Columns;

public sealed class ValueSetTests
{
    [Property(MaxTest = 300)]
    public void Numbers_seen_before_are_those_of_a_hash_set(int seed)
    {
        var random = new Random(seed);
        Int64Set set = new();
        HashSet<long> expected = [];
        var (style, next) = (random.Next(5), random.NextInt64() >> random.Next(64));
        for (var batch = 0; batch < 12; batch++)
        {
            var values = new long[random.Next(1, 400)];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = style switch
                {
                    0 => next += random.Next(3),
                    1 => next -= random.Next(3),
                    2 => random.Next(1000) - 500,
                    3 => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64),
                    _ => batch < 5 ? random.Next(2000) : random.Next(9) switch { 0 => long.MinValue, 1 => long.MaxValue, 2 => 0, _ => random.NextInt64() },
                };
            }

            RowBits rows = new(), repeated = new();
            rows.Reset(values.Length, value: false);
            repeated.Reset(values.Length, value: false);
            for (var i = 0; i < values.Length; i++)
            {
                if (random.Next(5) > 0)
                {
                    rows.Set(i);
                }
            }

            if (!set.TryAdd(values, rows, repeated, random.Next(3) == 0 ? random.Next(40_000) : long.MaxValue))
            {
                Assert.Equal(0, repeated.Count);
                continue;
            }

            for (var i = 0; i < values.Length; i++)
            {
                Assert.Equal(rows[i] && !expected.Add(values[i]), repeated[i]);
            }

            List<long> held = [];
            set.ForEach(held.Add);
            Assert.Equal(expected.Order(), held.Order());
            Assert.Equal(expected.Count, set.Count);
        }
    }

    [Property(MaxTest = 300)]
    public void Texts_of_a_set_are_found_and_no_others(string?[] some, string?[] others, byte cut)
    {
        // Lengths around those at which the look-up changes.
        string[] values = [.. some.OfType<string>(), "", "a", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmnop", "abcdefghijklmnopq", "abcdefghXXXXijklmnop"];
        string?[] cells = [null, .. others, .. values, "b", "abcdefgH", "abcdefghj", "abcdefghijklmnoP", "abcdefghijXlmnopq", "abcdefghYYYYijklmnop", .. values.Select(value => value + "\0")];
        var builder = new StringArray.Builder();
        foreach (var cell in cells)
        {
            builder.Append(cell);
        }

        var array = builder.Build();
        var start = cut % cells.Length;
        var slice = (StringArray)array.Slice(start, cells.Length - start);
        RowBits rows = new(), absent = new();
        rows.Reset(slice.Length, value: true);
        absent.Reset(slice.Length, value: false);
        Utf8Set set = new(values);
        set.MarkAbsent(slice, rows, absent);
        var known = values.Select(Encoded).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < slice.Length; i++)
        {
            if (cells[start + i] is { } cell)
            {
                Assert.Equal(known.Contains(Encoded(cell)), !absent[i]);
                Assert.Equal(known.Contains(Encoded(cell)), set.Contains(System.Text.Encoding.UTF8.GetBytes(cell)));
            }
        }

        // What cannot be said in UTF-8 is the same sign for all.
        static string Encoded(string text) => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(text));
    }
}

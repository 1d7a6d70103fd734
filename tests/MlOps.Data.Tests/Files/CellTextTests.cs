using System.Globalization;
using System.Text;
using MlOps.Data.Sources.Text;

namespace MlOps.Data.Tests.Files;

public sealed class CellTextTests
{
    [Fact]
    public void Numbers_are_read_as_the_framework_reads_them_to_the_last_bit()
    {
        var random = new Random(17);
        for (var i = 0; i < 300_000; i++)
        {
            var text = random.Next(7) switch
            {
                0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)).ToString("R", CultureInfo.InvariantCulture),
                1 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
                2 => $"{random.Next(-9999, 9999)}.{random.Next(1, 10_000_000)}",
                3 => $"{random.NextInt64(1L << 52, 1L << 55)}.{random.Next(10)}",
                4 => $"0.{new string('0', random.Next(25))}{random.NextInt64(1L << 54)}",
                5 => $".{random.Next(1000)}",
                _ => $"+{random.Next(1000)}.e{random.Next(-5, 5)}",
            };
            var expected = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            Assert.True(CellText.TryNumber(Encoding.UTF8.GetBytes(text), (byte)'.', 0, out var value), text);
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("1,5")]
    [InlineData("1 2")]
    [InlineData("0x1F")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("1e")]
    [InlineData("٣")]
    public void What_is_no_number_is_refused(string text)
    {
        Assert.False(CellText.TryNumber(Encoding.UTF8.GetBytes(text), (byte)'.', 0, out _));
        Assert.False(CellText.TryInteger(Encoding.UTF8.GetBytes(text), 0, out _));
    }

    [Theory]
    [InlineData("1,5", ',', '\0', 1.5)]
    [InlineData("-1.234.567,25", ',', '.', -1234567.25)]
    [InlineData("1 234,5", ',', ' ', 1234.5)]
    [InlineData("1,234.5", '.', ',', 1234.5)]
    [InlineData("1,5e3", ',', '\0', 1500)]
    public void Decimals_and_thousands_are_read_as_asked(string text, char point, char thousands, double expected)
    {
        Assert.True(CellText.TryNumber(Encoding.UTF8.GetBytes(text), (byte)point, (byte)thousands, out var value));
        Assert.Equal(expected, value);
    }

    [Fact]
    public void A_point_is_no_number_where_decimals_stand_after_a_comma() => Assert.False(CellText.TryNumber("1.5"u8, (byte)',', 0, out _));

    [Fact]
    public void Whole_numbers_reach_to_both_ends_of_64_bits_and_no_further()
    {
        foreach (var value in new[] { long.MinValue, long.MinValue + 1, -999_999_999_999_999_999, -1, 0, 999_999_999_999_999_999, 1_000_000_000_000_000_000, long.MaxValue })
        {
            Assert.True(CellText.TryInteger(Encoding.UTF8.GetBytes(value.ToString(CultureInfo.InvariantCulture)), 0, out var read));
            Assert.Equal(value, read);
        }

        Assert.False(CellText.TryInteger("9223372036854775808"u8, 0, out _));
        Assert.True(CellText.TryInteger("1,234,567"u8, (byte)',', out var thousands));
        Assert.Equal(1234567, thousands);
    }

    [Theory]
    [InlineData("2024-02-29")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    [InlineData("1969-12-31T23:59:59.9999999")]
    [InlineData("2026-07-01 12:34")]
    [InlineData("2026-07-01T12:34:56.5+05:30")]
    [InlineData("2026-07-01T12:34-11:00")]
    public void Times_are_read_as_the_framework_reads_them(string text)
    {
        var expected = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.True(CellText.TryTime(Encoding.UTF8.GetBytes(text), [], out var microseconds));
        Assert.Equal((long)Math.Floor((expected.UtcTicks - DateTime.UnixEpoch.Ticks) / 10m), microseconds);
    }

    [Theory]
    [InlineData("2023-02-29")]
    [InlineData("2023-13-01")]
    [InlineData("0000-01-01")]
    [InlineData("2023-01-01T24:00")]
    [InlineData("2023-01-01T12:60")]
    [InlineData("2023-01-01T12:00:00.")]
    [InlineData("2023-01-01T")]
    [InlineData("2023-01-01T12:00+5")]
    [InlineData("0001-01-01T00:00+01:00")]
    [InlineData("01.02.2023")]
    [InlineData("2023/01/02")]
    public void What_is_no_time_is_refused(string text) => Assert.False(CellText.TryTime(Encoding.UTF8.GetBytes(text), [], out _));

    [Fact]
    public void Further_forms_of_times_are_read_where_asked_for()
    {
        Assert.True(CellText.TryTime("31.01.2026 12:30"u8, ["dd.MM.yyyy HH:mm"], out var microseconds));
        Assert.Equal(new DateTime(2026, 1, 31, 12, 30, 0, DateTimeKind.Utc), DateTime.UnixEpoch.AddMicroseconds(microseconds));
        Assert.True(CellText.TryDate("31.01.2026"u8, ["dd.MM.yyyy"], out var days));
        Assert.Equal(new DateTime(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc), DateTime.UnixEpoch.AddDays(days));
    }
}

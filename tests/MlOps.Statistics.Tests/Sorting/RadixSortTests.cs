using FsCheck.Xunit;
using MlOps.Statistics.Sorting;

namespace MlOps.Statistics.Tests.Sorting;

public sealed class RadixSortTests
{
    [Fact]
    public void Samples_of_every_length_to_256_sort_like_the_framework_without_their_missing_values()
    {
        for (var length = 0; length <= 256; length++)
        {
            var values = Kernels.HardValues.OfLength(length, seed: (ulong)length);
            SortsAlike(values);
            SortsAlike(Array.ConvertAll(values, value => (float)value));
        }
    }

    [Theory]
    [InlineData("uniform")]
    [InlineData("normal")]
    [InlineData("offset")]
    [InlineData("outlier and offset")]
    [InlineData("integers")]
    [InlineData("log scale")]
    [InlineData("hard")]
    [InlineData("constant")]
    public void Large_samples_of_every_shape_sort_like_the_framework(string shape)
    {
        var draws = new Draws(7);
        var values = new double[20_000];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = shape switch
            {
                "uniform" => draws.Uniform(),
                "normal" => draws.Normal(),
                "offset" => 1e9 + draws.Uniform(),
                "outlier and offset" => i == 5 ? -1e300 : 1e9 + (draws.Uniform() * 1e-3),
                "integers" => draws.Below(50) - 25,
                "log scale" => Math.Exp(draws.Normal() * 100),
                "hard" => Kernels.HardValues.All[draws.Below(Kernels.HardValues.All.Length)],
                _ => 3.5,
            };
        }

        SortsAlike(values);
        SortsAlike(Array.ConvertAll(values, value => (float)value));
    }

    [Property]
    public void Any_sample_sorts_like_the_framework(double[] values) => SortsAlike(values);

    private static void SortsAlike(double[] values)
    {
        double[] expected = [.. values.Where(value => !double.IsNaN(value)).Select(value => value + 0.0).Order()];
        Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), ObservedValues.Sorted(values).Select(BitConverter.DoubleToInt64Bits));
        using var sorted = SortedSample.Of(values);
        Assert.Equal(expected, sorted.Keys.ToArray().Select(SortKeys.Value));
    }

    private static void SortsAlike(float[] values)
    {
        using var sorted = SortedSample.Of(values);
        Assert.Equal(values.Where(value => !float.IsNaN(value)).Order().Select(value => (double)value), sorted.Keys.ToArray().Select(SortKeys.Value));
    }
}

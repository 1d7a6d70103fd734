namespace MlOps.Statistics.Tests.Kernels;

/// <summary>Samples with missing values, infinities, denormals, signed zeros and ties among ordinary values.</summary>
internal static class HardValues
{
    public static double[] All { get; } =
        [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 5e-324, -5e-324, 0.0, -0.0, 1, -1, 1e308, -1e308, 1e-150, 1e150, 2.5];

    public static double[] OfLength(int length, ulong seed)
    {
        var draws = new Draws(seed + 1);
        var values = new double[length];
        for (var i = 0; i < length; i++)
        {
            values[i] = draws.Uniform() < 0.2 ? All[draws.Below(All.Length)] : draws.Normal();
        }

        return values;
    }

    /// <summary>The same with finite values alone, and those of ordinary size.</summary>
    public static double[] FiniteOfLength(int length, ulong seed) =>
        Array.ConvertAll(OfLength(length, seed), value => Math.Abs(value) is > 1e100 or < 1e-100 ? Math.Sign(value) : value);
}

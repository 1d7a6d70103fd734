namespace MlOps.Statistics.Special;

/// <summary>Logarithms without cancellation.</summary>
internal static class Logarithm
{
    /// <summary>log(1 + x), by Kahan's correction of the rounding of 1 + x.</summary>
    public static double OfOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>log(1 - p) of a probability; a p that rounding took above 1 counts as 1.</summary>
    public static double OfComplement(double p) => p >= 1 ? double.NegativeInfinity : OfOnePlus(-p);
}

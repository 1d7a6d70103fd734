namespace MlOps.Statistics;

/// <summary>A double as a signed integer in the same order, neighbouring numbers one apart.</summary>
internal static class OrderedKey
{
    public static long Of(double value) => Flip(BitConverter.DoubleToInt64Bits(value));

    public static double Value(long key) => BitConverter.Int64BitsToDouble(Flip(key));

    private static long Flip(long bits) => bits ^ (long)((ulong)(bits >> 63) >> 1);
}

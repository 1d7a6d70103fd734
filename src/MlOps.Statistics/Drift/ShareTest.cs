using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The test of two shares: Fisher's with mid-p, which holds its level on average, and the normal limit where both agree.</summary>
/// <remarks>
/// Plain Fisher counts the observed table in full and so raises 2 % of alarms where 5 % are meant. Source: Lancaster (1961).
/// </remarks>
internal static class ShareTest
{
    private const long ExactRows = 20_000;

    public static double PValue(long x, long n, long y, long m)
    {
        var marked = x + y;
        if (n == 0 || m == 0 || marked == 0 || marked == n + m)
        {
            return 1;
        }

        var rarer = (double)Math.Min(marked, n + m - marked) * Math.Min(n, m) / ((double)n + m);
        if (n + m > ExactRows && rarer >= 200)
        {
            return TwoProportionZ.Test(x, n, y, m).PValue;
        }

        var observed = Hypergeometric.Probability(x, n, m, marked);
        var mirrored = n == m && x != y ? 2 : 1;
        return Math.Clamp(FisherExact.Test(x, n, y, m).PValue - (mirrored * observed / 2), observed / 2, 1);
    }
}

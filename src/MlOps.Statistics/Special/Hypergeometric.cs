namespace MlOps.Statistics.Special;

/// <summary>How marked rows fall on two samples when it is chance alone that decides which row is in which sample.</summary>
internal static class Hypergeometric
{
    /// <summary>P(k of the marked rows are among the drawn ones), with drawn + others rows in all.</summary>
    public static double Probability(double k, double drawn, double others, double marked)
    {
        double all = drawn + others, p = marked / all, q = 1 - p;
        return marked == 0 || p >= 1
            ? 1
            : Beta.Binomial(k, drawn, p, q) * Beta.Binomial(marked - k, others, p, q) / Beta.Binomial(marked, all, p, q);
    }

    /// <summary>log P(all marked rows are among the drawn ones).</summary>
    public static double LogAll(double marked, double drawn, double others)
    {
        if (marked > drawn)
        {
            return double.NegativeInfinity;
        }

        var all = drawn + others;
        if (marked <= 64)
        {
            var sum = 0.0;
            for (var i = 0; i < marked; i++)
            {
                sum += Math.Log((drawn - i) / (all - i));
            }

            return sum;
        }

        return Gamma.Log(all - marked + 1) + Gamma.Log(drawn + 1) - Gamma.Log(drawn - marked + 1) - Gamma.Log(all + 1);
    }

    /// <summary>A draw, by inversion outwards from the mode; small counts row by row.</summary>
    public static long Draw(ref SplitMix64 random, long drawn, long others, long marked)
    {
        if (marked <= 24)
        {
            long taken = 0, rows = drawn + others;
            for (var i = 0L; i < marked; i++)
            {
                taken += Uniform(ref random) * (rows - i) < drawn - taken ? 1 : 0;
            }

            return taken;
        }

        long first = Math.Max(0, marked - others), last = Math.Min(drawn, marked);
        var mode = (long)Math.Clamp((drawn + 1.0) * (marked + 1.0) / (drawn + others + 2.0), first, last);
        var peak = Probability(mode, drawn, others, marked);
        var rest = Uniform(ref random) - peak;
        double up = peak, down = peak;
        for (long high = mode, low = mode; rest > 0 && (high < last || low > first);)
        {
            if (high < last)
            {
                up *= (drawn - (double)high) * (marked - high) / ((high + 1.0) * (others - marked + high + 1.0));
                high++;
                rest -= up;
                if (rest <= 0)
                {
                    return high;
                }
            }

            if (low > first)
            {
                down *= (double)low * (others - marked + low) / ((drawn - low + 1.0) * (marked - low + 1.0));
                low--;
                rest -= down;
                if (rest <= 0)
                {
                    return low;
                }
            }
        }

        return mode;
    }

    private static double Uniform(ref SplitMix64 random) => (random.Next() >> 11) * (1.0 / (1UL << 53));
}

namespace MlOps.Benchmarks.Peers;

/// <summary>The samples of peers.py, bit for bit: sums of three uniform numbers of a SplitMix64 stream, less 1.5.</summary>
internal static class PeerData
{
    private const ulong Seed = 42;

    public static (double[] Reference, double[] Current) Doubles(int rows) => (Draws(Seed, rows), Draws(Seed + 1, rows));

    public static (float[] Reference, float[] Current) Floats(int rows) =>
        (Array.ConvertAll(Draws(Seed, rows), value => (float)value), Array.ConvertAll(Draws(Seed + 1, rows), value => (float)value));

    private static double[] Draws(ulong state, int rows)
    {
        var values = new double[rows];
        foreach (ref var value in values.AsSpan())
        {
            value = Uniform(ref state);
            value += Uniform(ref state);
            value = value + Uniform(ref state) - 1.5;
        }

        return values;
    }

    private static double Uniform(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}

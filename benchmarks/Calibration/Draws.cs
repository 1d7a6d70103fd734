namespace MlOps.Benchmarks;

/// <summary>A seeded SplitMix64 stream, so that every run writes the same report.</summary>
internal sealed class Draws(ulong state)
{
    private ulong _state = state;
    private double _spare = double.NaN;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>Box and Muller's pair, one at a time.</summary>
    public double Normal()
    {
        if (!double.IsNaN(_spare))
        {
            var value = _spare;
            _spare = double.NaN;
            return value;
        }

        var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * Uniform());
        _spare = radius * sine;
        return radius * cosine;
    }

    public double[] Many(int count, Func<Draws, double> draw)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = draw(this);
        }

        return values;
    }
}

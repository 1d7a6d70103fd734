namespace MlOps.Statistics.Tests.Sketches;

/// <summary>Twenty thousand damaged forms of each kind: a <see cref="FormatException"/> or a sketch that works, nothing else.</summary>
public sealed class SketchFuzzTests
{
    private const int Trials = 20_000;
    private static readonly double[] _values = new Draws(4).Normals(2_000);

    [Fact]
    public void A_KLL_sketch() => SignedBytes.AreRefusedOrUsable(Kll(8).ToArray(), bytes => KllSketch.Read(bytes), Use);

    [Fact]
    public void A_digest()
    {
        var digest = new TDigest();
        digest.Add(_values);
        SignedBytes.AreRefusedOrUsable(digest.ToArray(), bytes => TDigest.Read(bytes), read =>
        {
            read.Add(_values.AsSpan(0, 50));
            Assert.InRange(read.Quantile(0.5), read.Minimum, read.Maximum);
            TDigest.Read(read.ToArray());
        });
    }

    [Fact]
    public void A_HyperLogLog_sketch() => SignedBytes.AreRefusedOrUsable(Hll(4).ToArray(), bytes => HyperLogLog.Read(bytes), Use);

    [Fact]
    public void A_count_min_sketch()
    {
        var sketch = new CountMin(0.1, 0.1);
        foreach (var value in _values)
        {
            sketch.Add(value);
        }

        SignedBytes.AreRefusedOrUsable(sketch.ToArray(), bytes => CountMin.Read(bytes), read =>
        {
            read.Add(1.5);
            Assert.InRange(read.Estimate(1.5), 1, read.Count);
            CountMin.Read(read.ToArray());
        });
    }

    [Fact]
    public void A_space_saving_sketch()
    {
        var sketch = new SpaceSaving(8);
        foreach (var value in _values)
        {
            sketch.Add(((int)value).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        SignedBytes.AreRefusedOrUsable(sketch.ToArray(), bytes => SpaceSaving.Read(bytes), read =>
        {
            read.Add("new");
            SpaceSaving.Read(read.ToArray());
        });
    }

    [Fact]
    public void KLL_sketches_of_DataSketches()
    {
        DamagedBytes.AreRefusedOrUsable(Kll(8).ToDataSketches(), bytes => KllSketch.ReadDataSketches(bytes), Use, Trials);
        DamagedBytes.AreRefusedOrUsable(Kll(8).ToDataSketchesFloats(), bytes => KllSketch.ReadDataSketchesFloats(bytes), Use, Trials);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public void A_HyperLogLog_sketch_of_DataSketches(int bits) =>
        DamagedBytes.AreRefusedOrUsable(Hll(7).ToDataSketches(bits), bytes => HyperLogLog.ReadDataSketches(bytes), Use, Trials);

    private static KllSketch Kll(int k)
    {
        var sketch = new KllSketch(k);
        sketch.Add(_values);
        return sketch;
    }

    private static HyperLogLog Hll(int precision)
    {
        var sketch = new HyperLogLog(precision);
        foreach (var value in _values)
        {
            sketch.Add(value);
        }

        return sketch;
    }

    private static void Use(KllSketch read)
    {
        var count = read.Count;
        read.Add(_values.AsSpan(0, 400));
        Assert.Equal(count + 400, read.Count);
        Assert.InRange(read.Quantile(0.5), read.Minimum, read.Maximum);
        KllSketch.Read(read.ToArray());
    }

    private static void Use(HyperLogLog read)
    {
        read.Add(1.5);
        Assert.InRange(read.Estimate(), 0.9, double.PositiveInfinity);
        HyperLogLog.Read(read.ToArray());
    }
}

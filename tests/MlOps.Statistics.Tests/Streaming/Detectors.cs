namespace MlOps.Statistics.Tests.Streaming;

/// <summary>Every detector with its defaults, and the streams it is tried on.</summary>
internal static class Detectors
{
    public delegate IDriftDetector Reader(ReadOnlySpan<byte> bytes);

    public static readonly IReadOnlyDictionary<string, (Func<IDriftDetector> Create, Reader Read, bool IsBinary)> All =
        new Dictionary<string, (Func<IDriftDetector>, Reader, bool)>
        {
            ["Adwin"] = (() => new Adwin(), Adwin.Read, false),
            ["PageHinkley"] = (() => new PageHinkley(), PageHinkley.Read, false),
            ["Cusum"] = (() => new Cusum(), Cusum.Read, false),
            ["Ewma"] = (() => new Ewma(), Ewma.Read, false),
            ["Kswin"] = (() => new Kswin(), Kswin.Read, false),
            ["Ddm"] = (() => new Ddm(), Ddm.Read, true),
            ["Eddm"] = (() => new Eddm(), Eddm.Read, true),
            ["Rddm"] = (() => new Rddm(), Rddm.Read, true),
            ["HddmA"] = (() => new HddmA(), HddmA.Read, true),
            ["HddmW"] = (() => new HddmW(), HddmW.Read, true),
            ["Fhddm"] = (() => new Fhddm(), Fhddm.Read, true),
            ["Ecdd"] = (() => new Ecdd(), Ecdd.Read, true),
            ["Stepd"] = (() => new Stepd(), Stepd.Read, true),
        };

    public static TheoryData<string> Names => [.. All.Keys];

    public static TheoryData<string> BinaryNames => [.. All.Where(entry => entry.Value.IsBinary).Select(entry => entry.Key)];

    public static TheoryData<string> MeanNames => [.. All.Keys.Where(name => !All[name].IsBinary && name != "Kswin")];

    /// <summary>Errors whose rate changes at every given length: 0.1, 0.4, 0.2, 0.1, 0.4, …</summary>
    public static double[] Errors(ulong seed, int count, int length = 700)
    {
        double[] rates = [0.1, 0.4, 0.2];
        var draws = new Draws(seed);
        return [.. Enumerable.Range(0, count).Select(i => draws.Uniform() < rates[i / length % 3] ? 1.0 : 0.0)];
    }

    /// <summary>Normal values of deviation 1 whose mean changes at every given length: 0, 1.5, -1, 0, …</summary>
    public static double[] Steps(ulong seed, int count, int length = 700)
    {
        double[] means = [0, 1.5, -1];
        var draws = new Draws(seed);
        return [.. Enumerable.Range(0, count).Select(i => means[i / length % 3] + draws.Normal())];
    }

    public static double[] Stream(string name, ulong seed, int count) => All[name].IsBinary ? Errors(seed, count) : Steps(seed, count);
}

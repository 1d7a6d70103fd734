namespace MlOps.Statistics.Tests.Streaming;

/// <summary>The paper's method on all values: buckets are sizes alone, and every mean and variance is summed from the values.</summary>
/// <remarks>As river has it, the last bucket of each size counts to the newer part at every cut.</remarks>
internal sealed class AdwinOracle(double delta, int clock, int maxBuckets, int minWindow, int gracePeriod, bool asRiver = false)
{
    private readonly List<int> _sizes = []; // the oldest first
    private long _ticks;

    public List<double> Values { get; } = [];

    public bool Update(double value)
    {
        Values.Add(value);
        _sizes.Add(1);
        for (var size = 1; _sizes.Count(s => s == size) > maxBuckets; size *= 2)
        {
            var first = _sizes.IndexOf(size);
            _sizes[first] = 2 * size;
            _sizes.RemoveAt(first + 1);
        }

        var drift = false;
        if (++_ticks % clock == 0 && Values.Count > gracePeriod)
        {
            while (HasCut())
            {
                Values.RemoveRange(0, _sizes[0]);
                _sizes.RemoveAt(0);
                drift = true;
            }
        }

        return drift;
    }

    public static double Variance(List<double> values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / values.Count;
    }

    private bool HasCut()
    {
        var logTerm = Math.Log(2 * Math.Log(Values.Count) / delta);
        var variance = Variance(Values);
        var older = new List<double>();
        var newer = new List<double>(Values);
        for (int i = 0, at = 0; i + 1 < _sizes.Count; i++)
        {
            if (asRiver && _sizes[i + 1] != _sizes[i])
            {
                at += _sizes[i];
                continue;
            }

            older.AddRange(newer.GetRange(at, _sizes[i]));
            newer.RemoveRange(at, _sizes[i]);
            if (older.Count < minWindow || newer.Count < minWindow)
            {
                continue;
            }

            var m = 1 / ((1.0 / (older.Count - minWindow + 1)) + (1.0 / (newer.Count - minWindow + 1)));
            var threshold = Math.Sqrt(2 / m * variance * logTerm) + (2 / (3 * m) * logTerm);
            if (Math.Abs(older.Average() - newer.Average()) > threshold)
            {
                return true;
            }
        }

        return false;
    }
}

using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>KSWIN: the newest values of a window against a random sample of the older ones, by Kolmogorov–Smirnov (Raab, Heusinger and Schleif, 2020).</summary>
/// <remarks>
/// <para>
/// For any number when more than the mean may change: spread and shape count too, and only ranks matter, so that no outlier can blind it. An
/// infinity is an extreme value like any other; NaN is left out. Of the last 100 values the newest 30 are compared with 30 of the 70 others, drawn
/// without replacement; an exact two-sided p-value of at most 0.005 with a statistic above 0.1 is a drift, which leaves the newest 30 in the
/// window. It never warns. Defaults are river's (<c>drift.KSWIN</c>).
/// </para>
/// <para>
/// It tests at every value, and alpha is the error probability of one look: by default that makes more than a hundred false alarms in
/// 100,000 values (<c>docs/streaming.md</c>), so set alpha near 1e-4 (as
/// frouros does) to be alarmed seldom. An update costs what its window does, about 0.7 µs for 100 values. The draw is seeded: the same stream
/// gives the same answers, and <see cref="Reset"/> begins the draws again.
/// </para>
/// </remarks>
public sealed class Kswin : IDriftDetector
{
    private const uint Tag = 0x534B_4D4D; // "MMKS"
    private readonly double _alpha;
    private readonly int _recent;
    private readonly ulong _seed;
    private readonly int _criticalSteps;
    private readonly double[] _values; // a ring in the order of arrival
    private readonly double[] _sorted;
    private readonly int[] _slots; // where in the ring a sorted value lives
    private readonly sbyte[] _weights; // by age: 1 for a recent value, -1 for a drawn older one, else 0
    private SplitMix64 _random;
    private int _head; // the slot of the oldest value
    private int _count;

    /// <summary>Begins with an empty window.</summary>
    /// <param name="alpha">The p-value of one look at or below which it is a drift.</param>
    /// <param name="window">How many values the window holds; there is no answer until it is full.</param>
    /// <param name="recent">How many of them are new, at most half of the window.</param>
    /// <param name="seed">Seeds the draws from the older values.</param>
    public Kswin(double alpha = 0.005, int window = 100, int recent = 30, ulong seed = 0)
    {
        _alpha = Parameter.Level(alpha);
        _values = new double[Parameter.Within(2, 100_000, window)];
        _recent = Parameter.Within(1, window / 2, recent);
        _seed = seed;
        _sorted = new double[window];
        _slots = new int[window];
        _weights = new sbyte[window];
        _weights.AsSpan(window - recent).Fill(1);
        _random = new SplitMix64(seed);
        _criticalSteps = CriticalSteps(recent, alpha);
    }

    /// <inheritdoc/>
    public DetectorState State { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static Kswin Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "KSWIN detector");
        var (alpha, window, recent, seed) = (reader.Real(), reader.Int32(), reader.Int32(), reader.Fixed());
        var detector = StreamPayload.Build(() => new Kswin(alpha, window, recent, seed));
        detector.State = reader.State();
        detector._random = new SplitMix64(reader.Fixed());
        var count = reader.Length(8);
        if (count > window)
        {
            throw PayloadReader.Damaged();
        }

        for (var i = 0; i < count; i++)
        {
            detector.Add(reader.Real());
        }

        reader.End();
        return detector;
    }

    /// <inheritdoc/>
    public DetectorState Update(double value)
    {
        if (double.IsNaN(value))
        {
            return DetectorState.None;
        }

        if (_count == _values.Length)
        {
            RemoveOldest();
        }

        Add(value);
        State = DetectorState.None;
        if (_count == _values.Length)
        {
            Draw();
            if (Steps() >= _criticalSteps)
            {
                State = DetectorState.Drift;
                while (_count > _recent)
                {
                    RemoveOldest();
                }
            }
        }

        return State;
    }

    /// <inheritdoc/>
    public void Reset() => (State, _random, _head, _count) = (DetectorState.None, new SplitMix64(_seed), 0, 0);

    /// <inheritdoc/>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Real(_alpha);
        writer.Count(_values.Length);
        writer.Count(_recent);
        writer.Fixed(_seed);
        writer.State(State);
        writer.Fixed(_random.State);
        writer.Count(_count);
        for (var age = 0; age < _count; age++)
        {
            writer.Real(_values[(_head + age) % _values.Length]);
        }

        return writer.Complete();
    }

    /// <summary>The least h for which a statistic of h / n has both p at most alpha and a value above 0.1; n + 1 if there is none.</summary>
    /// <remarks>For two samples of n, P(D ≥ h/n) = 2 · sum over k of (-1)^(k+1) C(2n, n - kh) / C(2n, n) (Gnedenko and Korolyuk, 1951).</remarks>
    private static int CriticalSteps(int n, double alpha)
    {
        var steps = (n / 10) + 1;
        while (steps <= n && Survival(n, steps) > alpha)
        {
            steps++;
        }

        return steps;
    }

    private static double Survival(int n, int steps)
    {
        var sum = 0.0;
        for (var k = 1; k * steps <= n; k++)
        {
            var ratio = 1.0;
            for (var j = 1; j <= k * steps; j++)
            {
                ratio *= (double)(n - (k * steps) + j) / (n + j);
            }

            sum += (k & 1) == 1 ? ratio : -ratio;
        }

        return 2 * sum;
    }

    private void Add(double value)
    {
        var slot = _head + _count;
        slot = slot >= _values.Length ? slot - _values.Length : slot;
        _values[slot] = value;
        var place = FirstAtLeast(value);
        Array.Copy(_sorted, place, _sorted, place + 1, _count - place);
        Array.Copy(_slots, place, _slots, place + 1, _count - place);
        _sorted[place] = value;
        _slots[place] = slot;
        _count++;
    }

    private void RemoveOldest()
    {
        var place = FirstAtLeast(_values[_head]);
        while (_slots[place] != _head)
        {
            place++;
        }

        _count--;
        Array.Copy(_sorted, place + 1, _sorted, place, _count - place);
        Array.Copy(_slots, place + 1, _slots, place, _count - place);
        _head = _head + 1 == _values.Length ? 0 : _head + 1;
    }

    private int FirstAtLeast(double value)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    // Floyd's draw of as many older values as there are recent ones: each set is as likely.
    private void Draw()
    {
        var older = _weights.AsSpan(0, _weights.Length - _recent);
        older.Clear();
        for (var last = older.Length - _recent; last < older.Length; last++)
        {
            var age = _random.Below(last + 1);
            older[older[age] == 0 ? age : last] = -1;
        }
    }

    // The statistic times the sample size: one pass over the sorted window, judged only where a run of ties ends.
    private int Steps()
    {
        var (most, difference) = (0, 0);
        for (var i = 0; i < _count; i++)
        {
            var age = _slots[i] - _head;
            age += (age >> 31) & _values.Length; // as a branch it would be guessed wrong half of the time
            difference += _weights[age];
            if (i + 1 == _count || _sorted[i + 1] != _sorted[i])
            {
                most = Math.Max(most, Math.Abs(difference));
            }
        }

        return most;
    }
}

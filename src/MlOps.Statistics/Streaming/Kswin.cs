using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>KSWIN: the newest values of a window against a random sample of the older ones, by Kolmogorov–Smirnov (Raab, Heusinger and
/// Schleif, 2020).</summary>
/// <remarks>
/// <para>
/// For any number when more than the mean may change: spread and shape count too, and only ranks matter, so that no outlier can blind it.
/// An infinity is an extreme value like any other; NaN is left out. Of the last 100 values the newest 30 are compared with 30 of the 70
/// others, drawn without replacement; an exact two-sided p-value of at most 0.005 with a statistic above 0.1 is a drift, which leaves the
/// newest 30 in the window. It never warns. Defaults are river's (<c>drift.KSWIN</c>).
/// </para>
/// <para>
/// It tests at every value, and alpha is the error probability of one look: by default that makes more than a hundred false alarms in
/// 100,000 values (<c>docs/streaming.md</c>), so set alpha near 1e-4 (as frouros does) to be alarmed seldom. An update costs what its window
/// does, about 0.2 µs for 100 values; a window holds at most 30,000. The draw is seeded: the same stream gives the same answers, and
/// <see cref="Reset"/> begins the draws again.
/// </para>
/// </remarks>
public sealed class Kswin : IDriftDetector
{
    private const uint Tag = 0x534B_4D4D; // "MMKS"
    private const int LargestWindow = 30_000; // ranks are of 16 bits
    private readonly double _alpha;
    private readonly int _recent;
    private readonly ulong _seed;
    private readonly int _criticalSteps;
    private readonly int _window;
    private readonly double[] _values; // a ring in the order of arrival; NaN where there is none yet
    private readonly short[] _ranks; // by age, the oldest first: how many others are less
    private readonly short[] _weights; // by rank: how many recent values have it, less how many drawn ones
    private readonly byte[] _isDrawn; // by age: 1 or 0
    private readonly double[] _kept;
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
        _window = Parameter.Within(2, LargestWindow, window);
        _recent = Parameter.Within(1, window / 2, recent);
        _seed = seed;
        var lanes = Vector<short>.Count;
        _values = new double[(window + lanes - 1) / lanes * lanes];
        _values.AsSpan().Fill(double.NaN);
        _ranks = new short[_values.Length + 1];
        _weights = new short[_values.Length];
        _isDrawn = new byte[window - recent];
        _kept = new double[recent];
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

        Add(value);
        State = DetectorState.None;
        if (_count == _window)
        {
            Weigh();
            if (Steps() >= _criticalSteps)
            {
                State = DetectorState.Drift;
                KeepRecent();
            }
        }

        return State;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        (State, _random) = (DetectorState.None, new SplitMix64(_seed));
        Clear();
    }

    /// <inheritdoc/>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Real(_alpha);
        writer.Count(_window);
        writer.Count(_recent);
        writer.Fixed(_seed);
        writer.State(State);
        writer.Fixed(_random.State);
        writer.Count(_count);
        for (var age = 0; age < _count; age++)
        {
            writer.Real(_values[(_head + age) % _window]);
        }

        return writer.Complete();
    }

    /// <summary>The least h for which a statistic of h / n has both p at most alpha and a value above 0.1; n + 1 if there is
    /// none.</summary>
    /// <remarks>For two samples of n, P(D ≥ h/n) = 2 · sum over k of (-1)^(k+1) C(2n, n - kh) / C(2n, n) (Gnedenko and Korolyuk,
    /// 1951).</remarks>
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

    // Takes the place of the oldest value once the window is full.
    private void Add(double value)
    {
        var slot = _head + _count;
        slot = slot >= _window ? slot - _window : slot;
        var isFull = _count == _window;
        var removed = isFull ? _ranks[0] : short.MaxValue;
        if (isFull)
        {
            _values[slot] = double.NaN;
            _head = _head + 1 == _window ? 0 : _head + 1;
        }
        else
        {
            _count++;
        }

        var (less, atMost) = CountBelow(value);

        // What is greater has this rank or more; equals, where there are any, have it exactly. All grow older by one where one leaves.
        var (gone, equal) = (new Vector<short>(removed), new Vector<short>((short)(atMost > less ? less : less - 1)));
        ReadOnlySpan<short> source = _ranks.AsSpan(isFull ? 1 : 0);
        for (var i = 0; i < _values.Length; i += Vector<short>.Count)
        {
            var ranks = new Vector<short>(source[i..]);
            ranks += Vector.GreaterThan(ranks, gone);
            (ranks - Vector.GreaterThan(ranks, equal)).CopyTo(_ranks, i);
        }

        _values[slot] = value;
        _ranks[_count - 1] = (short)less;
    }

    private (int Less, int AtMost) CountBelow(double value)
    {
        var (less, atMost) = (Vector<long>.Zero, Vector<long>.Zero);
        foreach (var values in MemoryMarshal.Cast<double, Vector<double>>(_values.AsSpan()))
        {
            less -= Vector.LessThan(values, new Vector<double>(value));
            atMost -= Vector.LessThanOrEqual(values, new Vector<double>(value));
        }

        return ((int)Vector.Sum(less), (int)Vector.Sum(atMost));
    }

    private void KeepRecent()
    {
        for (var i = 0; i < _recent; i++)
        {
            _kept[i] = _values[(_head + _window - _recent + i) % _window];
        }

        Clear();
        foreach (var value in _kept)
        {
            Add(value);
        }
    }

    private void Clear()
    {
        (_head, _count) = (0, 0);
        _values.AsSpan().Fill(double.NaN);
        _ranks.AsSpan().Clear();
    }

    // Recent values weigh 1, and as many older ones -1, by Floyd's draw: each set is as likely.
    private void Weigh()
    {
        var weights = _weights.AsSpan();
        var isDrawn = _isDrawn.AsSpan();
        weights.Clear();
        foreach (var rank in _ranks.AsSpan(isDrawn.Length, _recent))
        {
            weights[rank]++;
        }

        isDrawn.Clear();
        var ranks = _ranks.AsSpan(0, isDrawn.Length);
        var random = _random;
        for (var last = isDrawn.Length - _recent; last < isDrawn.Length; last++)
        {
            // As a branch the choice would be guessed wrong too often.
            var age = random.Below(last + 1);
            age += (last - age) & -isDrawn[age];
            isDrawn[age] = 1;
            weights[ranks[age]]--;
        }

        _random = random;
    }

    // The statistic times the sample size. Equal values have one rank, so that it is judged only where a run of them ends.
    private int Steps()
    {
        var (most, least, before) = (Vector128<short>.Zero, Vector128<short>.Zero, Vector128<short>.Zero);
        for (var i = 0; i < _weights.Length; i += Vector128<short>.Count)
        {
            // Sums of the first 1, 2, … lanes, by adding what stands 1, 2 and 4 lanes before.
            var sums = Vector128.Create<short>(_weights, i);
            sums += Vector128.Shuffle(sums, Vector128.Create(-1, 0, 1, 2, 3, 4, 5, 6));
            sums += Vector128.Shuffle(sums, Vector128.Create(-1, -1, 0, 1, 2, 3, 4, 5));
            sums += Vector128.Shuffle(sums, Vector128.Create(-1, -1, -1, -1, 0, 1, 2, 3));
            sums += before;
            before = Vector128.Shuffle(sums, Vector128.Create((short)7));
            most = Vector128.Max(most, sums);
            least = Vector128.Min(least, sums);
        }

        most = Vector128.Max(most, -least);
        var steps = 0;
        for (var lane = 0; lane < Vector128<short>.Count; lane++)
        {
            steps = Math.Max(steps, most[lane]);
        }

        return steps;
    }
}

namespace MlOps.Statistics;

/// <summary>ADWIN2: a window that grows while the mean stays and drops its old end when two parts of it differ (Bifet and Gavaldà,
/// 2007).</summary>
/// <remarks>
/// <para>
/// The choice when nothing is known of the size or speed of a change: it needs no threshold in the data's units and keeps as much history
/// as agrees. Any number can be watched: a feature, a score, a loss. It says <see cref="DetectorState.Drift"/> or nothing, for a rise and a
/// fall alike, and does not begin anew: the window that is left holds the new stream, and <see cref="Mean"/> its mean.
/// </para>
/// <para>
/// The window lives in an exponential histogram: rows of buckets of 1, 2, 4, … values, at most <c>maxBuckets</c> a row, so that
/// n values take O(maxBuckets · log n) memory. Every <c>clock</c> values each boundary between buckets is a cut of the window into parts of
/// n0 and n1 values: with d = ln(2 ln(n) / delta), 1/m = 1/(n0 - minWindow + 1) + 1/(n1 - minWindow + 1) and the window's variance s², the
/// oldest bucket is dropped and the search begins again while any |mean0 - mean1| exceeds sqrt(2 s² d / m) + 2 d / (3 m). Defaults,
/// constants and m are those of river's <c>drift.ADWIN</c>, which at every cut counts the last bucket of each row to the newer part,
/// however old it is; here as in MOA a cut is at its place and every boundary is one, so that changes are seen sooner.
/// </para>
/// <para>
/// A mean is not robust. NaN, infinities and values beyond ±1e100 are left out; a finite outlier counts, and widens the variance until it
/// has left the window. Where that matters, watch ranks with <see cref="Kswin"/>.
/// </para>
/// </remarks>
public sealed class Adwin : IDriftDetector
{
    private const uint Tag = 0x5744_414D; // "MADW"
    private const int Rows = 48; // more values than a stream can have
    private readonly double _delta;
    private readonly int _clock;
    private readonly int _maxBuckets;
    private readonly int _minWindow;
    private readonly int _gracePeriod;
    private readonly double[] _sums; // by row of 2^row values a bucket, the oldest bucket first
    private readonly double[] _deviations; // sums of squared differences from the bucket's mean
    private readonly int[] _counts = new int[Rows];
    private int _rows = 1;
    private int _ticks;
    private double _sum;
    private double _deviation;

    /// <summary>Begins with an empty window.</summary>
    /// <param name="delta">The confidence of a cut: the bound on false alarms a check, which the method keeps with much to spare.</param>
    /// <param name="clock">How many values pass between two checks.</param>
    /// <param name="maxBuckets">How many buckets a row holds before its two oldest become one of the next row; more find a cut more
    /// exactly.</param>
    /// <param name="minWindow">How many values each part of a cut must have.</param>
    /// <param name="gracePeriod">No check is made until the window has more values than this.</param>
    public Adwin(double delta = 0.002, int clock = 32, int maxBuckets = 5, int minWindow = 5, int gracePeriod = 10)
    {
        _delta = Parameter.Level(delta);
        _clock = Parameter.AtLeast(1, clock);
        _maxBuckets = Parameter.Within(2, 1_000, maxBuckets);
        _minWindow = Parameter.AtLeast(1, minWindow);
        _gracePeriod = Parameter.AtLeast(1, gracePeriod);
        _sums = new double[Rows * (maxBuckets + 1)];
        _deviations = new double[_sums.Length];
    }

    /// <inheritdoc/>
    public DetectorState State { get; private set; }

    /// <summary>How many values the window holds.</summary>
    public long Width { get; private set; }

    /// <summary>The mean of the window; NaN when it is empty.</summary>
    public double Mean => _sum / Width;

    /// <summary>The variance of the window, dividing by its width; NaN when it is empty.</summary>
    public double Variance => _deviation / Width;

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static Adwin Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "ADWIN detector");
        var (delta, clock, maxBuckets) = (reader.Real(), reader.Int32(), reader.Int32());
        var (minWindow, gracePeriod) = (reader.Int32(), reader.Int32());
        var detector = StreamPayload.Build(() => new Adwin(delta, clock, maxBuckets, minWindow, gracePeriod));
        detector.State = reader.State();
        detector._ticks = reader.Int32();
        detector._sum = reader.Real();
        detector._deviation = reader.Real();
        detector._rows = reader.Length(1);
        if (detector._rows is < 1 or >= Rows || detector._ticks >= clock)
        {
            throw PayloadReader.Damaged();
        }

        for (var row = 0; row < detector._rows; row++)
        {
            var count = reader.Int32();
            if (count > maxBuckets || (count == 0 && row > 0 && row + 1 == detector._rows))
            {
                throw PayloadReader.Damaged();
            }

            detector._counts[row] = count;
            detector.Width += (long)count << row;
            for (var i = row * (maxBuckets + 1); count > 0; count--, i++)
            {
                detector._sums[i] = reader.Real();
                detector._deviations[i] = reader.Real();
            }
        }

        reader.End();
        return detector;
    }

    /// <inheritdoc/>
    public DetectorState Update(double value)
    {
        if (StreamValue.HasNoMean(value))
        {
            return DetectorState.None;
        }

        if (Width > 0)
        {
            var difference = value - (_sum / Width);
            _deviation += difference * difference * Width / (Width + 1);
        }

        _sum += value;
        Width++;
        _sums[_counts[0]] = value;
        _deviations[_counts[0]] = 0;
        if (++_counts[0] > _maxBuckets)
        {
            MergeFullRows();
        }

        State = DetectorState.None;
        if (++_ticks == _clock)
        {
            _ticks = 0;
            if (Width > _gracePeriod)
            {
                while (HasCut())
                {
                    DropOldest();
                    State = DetectorState.Drift;
                }
            }
        }

        return State;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_counts);
        (_rows, _ticks, _sum, _deviation, Width, State) = (1, 0, 0, 0, 0, DetectorState.None);
    }

    /// <inheritdoc/>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Real(_delta);
        writer.Count(_clock);
        writer.Count(_maxBuckets);
        writer.Count(_minWindow);
        writer.Count(_gracePeriod);
        writer.State(State);
        writer.Count(_ticks);
        writer.Real(_sum);
        writer.Real(_deviation);
        writer.Count(_rows);
        for (var row = 0; row < _rows; row++)
        {
            writer.Count(_counts[row]);
            for (var i = 0; i < _counts[row]; i++)
            {
                writer.Real(_sums[(row * (_maxBuckets + 1)) + i]);
                writer.Real(_deviations[(row * (_maxBuckets + 1)) + i]);
            }
        }

        return writer.Complete();
    }

    private void MergeFullRows()
    {
        var capacity = _maxBuckets + 1;
        for (var row = 0; _counts[row] == capacity; row++)
        {
            if (row + 1 == _rows)
            {
                _rows++;
            }

            var (first, next) = (row * capacity, ((row + 1) * capacity) + _counts[row + 1]);
            var size = (double)(1L << row);
            var difference = (_sums[first] - _sums[first + 1]) / size;
            _sums[next] = _sums[first] + _sums[first + 1];
            _deviations[next] = _deviations[first] + _deviations[first + 1] + (difference * difference * size / 2);
            _counts[row + 1]++;
            Remove(row, 2);
        }
    }

    private bool HasCut()
    {
        var logTerm = Math.Log(2 * Math.Log(Width) / _delta);
        var variance = _deviation / Width;
        var (before, sumBefore) = (0L, 0.0);
        for (var row = _rows - 1; row >= 0; row--)
        {
            var first = row * (_maxBuckets + 1);
            for (var i = first; i < first + _counts[row]; i++)
            {
                before += 1L << row;
                sumBefore += _sums[i];
                var after = Width - before;
                if (after < _minWindow)
                {
                    return false;
                }

                if (before < _minWindow)
                {
                    continue;
                }

                var reciprocal = (1.0 / (before - _minWindow + 1)) + (1.0 / (after - _minWindow + 1));
                var threshold = Math.Sqrt(2 * reciprocal * variance * logTerm) + (2.0 / 3 * logTerm * reciprocal);
                if (Math.Abs((sumBefore / before) - ((_sum - sumBefore) / after)) > threshold)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // The totals are made anew from the buckets: taking the dropped part out of them would leave its rounding errors behind.
    private void DropOldest()
    {
        var oldest = _rows - 1;
        Width -= 1L << oldest;
        Remove(oldest, 1);
        while (_rows > 1 && _counts[_rows - 1] == 0)
        {
            _rows--;
        }

        (_sum, _deviation) = (0, 0);
        var count = 0L;
        for (var row = _rows - 1; row >= 0; row--)
        {
            var first = row * (_maxBuckets + 1);
            var size = 1L << row;
            for (var i = first; i < first + _counts[row]; i++)
            {
                if (count > 0)
                {
                    var difference = (_sum / count) - (_sums[i] / size);
                    _deviation += difference * difference * ((double)count * size / (count + size));
                }

                _sum += _sums[i];
                _deviation += _deviations[i];
                count += size;
            }
        }
    }

    private void Remove(int row, int buckets)
    {
        var first = row * (_maxBuckets + 1);
        var rest = _counts[row] - buckets;
        Array.Copy(_sums, first + buckets, _sums, first, rest);
        Array.Copy(_deviations, first + buckets, _deviations, first, rest);
        _counts[row] = rest;
    }
}

namespace MlOps.Tracking;

/// <summary>
/// Thins out a history so that what is drawn of it still shows every extreme: the first, least, greatest and NaN points of equal parts.
/// </summary>
/// <remarks>
/// <para>
/// The history is cut into parts of equal numbers of points. Of each part the first of its least and of its greatest values remain, and
/// the first NaN where the history has any; of the whole history also the first and the last point. Everything is shown in its order.
/// </para>
/// <para>
/// Minimum and maximum, as in M4 (Jugel, Jerzak, Hackenbroich and Markl: M4, a visualization-oriented time series data aggregation, VLDB
/// 2014), and not Largest-Triangle-Three-Buckets (Steinarsson: Downsampling time series for visual representation, 2013): LTTB keeps one
/// point a part, so that of a spike and a dip beside each other one is lost, it has no place for NaN, and it has to look at every point,
/// while minima and maxima of pieces can be kept beside them. A part is a number of points and not a width of steps, so that metrics
/// whose points all have one step, or whose steps have gaps, are drawn as well.
/// </para>
/// <para>Not safe to use from several threads.</para>
/// </remarks>
public sealed class MetricDownsampler
{
    private readonly List<MetricPoint> _kept;
    private readonly long _count;
    private readonly long _parts;
    private long _position;
    private long _part;
    private long _partEnd;
    private Candidate _least = Candidate.None;
    private Candidate _greatest = Candidate.None;
    private Candidate _nan = Candidate.None;

    /// <summary>Begins a history.</summary>
    /// <param name="count">How many points it has.</param>
    /// <param name="maximumPoints">How many of them may remain; at least <see cref="MetricHistoryOptions.FewestPoints"/>.</param>
    /// <param name="mayHaveNaN">Whether NaN occur in it, which take a place in each part.</param>
    public MetricDownsampler(long count, int maximumPoints, bool mayHaveNaN)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumPoints, MetricHistoryOptions.FewestPoints);
        _count = count;
        _parts = count <= maximumPoints ? 0 : (maximumPoints - 2) / (mayHaveNaN ? 3 : 2);
        _kept = new List<MetricPoint>((int)Math.Min(count, maximumPoints));
        _partEnd = EndOf(_part);
    }

    private bool KeepsAll => _parts == 0;

    /// <summary>Adds the next point.</summary>
    public void Add(in MetricPoint point)
    {
        if (_position >= _count)
        {
            ThrowTooMany();
        }

        if (KeepsAll || _position == 0)
        {
            _kept.Add(point);
        }
        else if (_position == _count - 1)
        {
            ClosePart();
            _kept.Add(point);
        }
        else
        {
            Open();
            Consider(_position, point);
        }

        _position++;
    }

    /// <summary>Of how many of the next points it is enough to know the extremes; 0 where the next has to be added itself.</summary>
    public long Skippable
    {
        get
        {
            var end = _position == _partEnd ? EndOf(_part + 1) : _partEnd;
            return KeepsAll || _position == 0 ? 0 : Math.Max(0, Math.Min(end, _count - 1) - _position);
        }
    }

    /// <summary>Adds the next points by their extremes alone, where <see cref="Skippable"/> allows it.</summary>
    /// <param name="count">How many points.</param>
    /// <param name="extremes">The first of the least and of the greatest values and the first NaN, with their places among the points,
    /// from 0.</param>
    public void Skip(int count, params ReadOnlySpan<(int Offset, MetricPoint Point)> extremes)
    {
        if (count > Skippable)
        {
            throw new InvalidOperationException($"The next {count} points do not lie within one part; add them one by one.");
        }

        Open();
        foreach (ref readonly var extreme in extremes)
        {
            Consider(_position + extreme.Offset, extreme.Point);
        }

        _position += count;
    }

    /// <summary>What remains, in order.</summary>
    public IReadOnlyList<MetricPoint> Complete() =>
        _position == _count
            ? _kept
            : throw new InvalidOperationException($"The history was said to have {_count} points, and {_position} were added.");

    private void Open()
    {
        if (_position == _partEnd)
        {
            ClosePart();
            _part++;
            _partEnd = EndOf(_part);
        }
    }

    // Parts are of all points but the first and the last.
    private long EndOf(long part) => KeepsAll ? long.MaxValue : 1 + (long)((Int128)(_count - 2) * (part + 1) / _parts);

    private void Consider(long rank, in MetricPoint point)
    {
        if (double.IsNaN(point.Value))
        {
            if (rank < _nan.Rank)
            {
                _nan = new Candidate(rank, point);
            }

            return;
        }

        if (_least.IsNone || point.Value < _least.Point.Value)
        {
            _least = new Candidate(rank, point);
        }

        if (_greatest.IsNone || point.Value > _greatest.Point.Value)
        {
            _greatest = new Candidate(rank, point);
        }
    }

    private void ClosePart()
    {
        Span<Candidate> found = [_least, _greatest, _nan];
        found.Sort(static (left, right) => left.Rank.CompareTo(right.Rank));
        var before = -1L;
        foreach (ref readonly var candidate in found)
        {
            if (!candidate.IsNone && candidate.Rank != before)
            {
                _kept.Add(candidate.Point);
                before = candidate.Rank;
            }
        }

        _least = _greatest = _nan = Candidate.None;
    }

    private static void ThrowTooMany() => throw new InvalidOperationException("More points were added than the history was said to have.");

    private readonly record struct Candidate(long Rank, MetricPoint Point)
    {
        public static readonly Candidate None = new(long.MaxValue, default);

        public bool IsNone => Rank == long.MaxValue;
    }
}

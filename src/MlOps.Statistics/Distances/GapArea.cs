using MlOps.Statistics.Sorting;

namespace MlOps.Statistics;

/// <summary>Integrates the gap |F - G| of two empirical distribution functions, or its square, over the pooled values.</summary>
internal struct GapArea(long n, long m, bool squared) : PooledOrder.IVisitor
{
    private const int PartLength = 1024;
    private readonly double _perPair = 1 / ((double)n * m);
    private double _total;
    private double _part;
    private double _previous;
    private double _gap;
    private int _visits;

    public readonly double Total => _total + _part;

    public void Visit<T>(T value, long upToX, long upToY)
        where T : unmanaged
    {
        var here = SortKeys.Value(value);

        // A gap of zero has no area even where the step is infinite.
        _part += _gap == 0 ? 0 : _gap * (here - _previous);
        _previous = here;
        var gap = ((upToX * m) - (upToY * n)) * _perPair;
        _gap = squared ? gap * gap : Math.Abs(gap);
        if (++_visits == PartLength)
        {
            // Sums of parts keep the rounding error of a long sum near that of one part.
            _total += _part;
            (_part, _visits) = (0, 0);
        }
    }
}

using MlOps.Features.Columns;

namespace MlOps.Features.Offline;

/// <summary>Evaluates the features of one view for the rows of a spine.</summary>
internal sealed class ViewJoin
{
    private const double LargestExactInteger = 9_007_199_254_740_992;

    private readonly ColumnTable _source;
    private readonly EntityTimeline _timeline;
    private readonly int[] _entities;
    private readonly SourceColumn _eventTime;

    public ViewJoin(FeatureView view, ColumnTable source, ColumnTable spine, string eventTime)
    {
        _source = source;
        _timeline = new EntityTimeline(view, source);
        _entities = _timeline.Map(spine, view.Entity);
        _eventTime = spine[eventTime];
    }

    /// <summary>The columns of the source that features of a view need.</summary>
    public static IEnumerable<string> ColumnsOf(FeatureView view, IEnumerable<FeatureDefinition> features)
    {
        IEnumerable<string?> special = [.. view.Entity, view.Timestamp, view.CreatedColumn, view.IdColumn];
        return special.Where(column => column is not null).Select(column => column!).Concat(features.Select(feature => feature.Column));
    }

    /// <summary>One value a spine row.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="onlyKnown">Whether rows that were not yet known are passed over.</param>
    /// <param name="future">Whether rows after the event time are used too: wrong by intent, for the audit.</param>
    public FeatureValue[] Evaluate(FeatureDefinition feature, bool onlyKnown, bool future)
    {
        var known = onlyKnown ? _timeline.Created : null;
        return feature.Aggregation == FeatureAggregation.Latest
            ? Latest(feature, known, future)
            : Windowed(feature, known, future);
    }

    private FeatureValue[] Latest(FeatureDefinition feature, long[]? known, bool future)
    {
        var column = _source[feature.Column];
        var result = new FeatureValue[_entities.Length];
        for (var row = 0; row < result.Length; row++)
        {
            if (_entities[row] < 0 || _eventTime.IsMissing(row))
            {
                continue;
            }

            var now = _eventTime.Ticks[row];
            var (start, end) = _timeline.Of(_entities[row]);
            var position = (future ? end : _timeline.After(now, start, end)) - 1;
            while (position >= start && known is not null && known[position] > now)
            {
                position--;
            }

            if (position >= start && (feature.Window is not { } ttl || now - _timeline.Times[position] <= ttl.Ticks))
            {
                result[row] = column[_timeline.Rows[position]];
            }
        }

        return result;
    }

    private FeatureValue[] Windowed(FeatureDefinition feature, long[]? known, bool future)
    {
        var numbers = NumbersOf(feature, known);
        var sums = known is null ? PrefixSums.TryCreate(feature.Aggregation, numbers) : null;
        var window = feature.Window!.Value.Ticks;
        var result = new FeatureValue[_entities.Length];
        for (var row = 0; row < result.Length; row++)
        {
            if (_eventTime.IsMissing(row))
            {
                continue;
            }

            var now = _eventTime.Ticks[row];
            var (start, end) = _timeline.Of(_entities[row]);
            var to = future ? end : _timeline.After(now, start, end);
            var from = _timeline.After(now - window, start, to);
            result[row] = sums is not null
                ? sums.Over(feature.Aggregation, from, to)
                : Scan(feature.Aggregation, numbers, known, from, to, now);
        }

        return result;
    }

    private FeatureValue Scan(FeatureAggregation aggregation, double[] numbers, long[]? known, int from, int to, long now)
    {
        var window = new WindowAccumulator(aggregation);
        for (var position = from; position < to; position++)
        {
            // A correction counts instead of the row it corrects, once it is known.
            if (known is null || (known[position] <= now && !(_timeline.Newer is { } newer && newer[position] >= 0 && known[newer[position]] <= now)))
            {
                window.Add(numbers[position]);
            }
        }

        return window.Result;
    }

    private double[] NumbersOf(FeatureDefinition feature, long[]? known)
    {
        var column = _source[feature.Column];
        column.RequireKind(
            feature.Aggregation == FeatureAggregation.Count || column.Kind is FeatureValueKind.Number or FeatureValueKind.Boolean,
            $"the feature '{feature.Name}' needs numbers for its {feature.Aggregation}");
        var numbers = new double[_timeline.Rows.Length];
        for (var position = 0; position < numbers.Length; position++)
        {
            var corrected = known is null && _timeline.Newer is { } newer && newer[position] >= 0;
            numbers[position] = corrected
                ? double.NaN
                : WindowAccumulator.NumberOf(feature.Aggregation, column[_timeline.Rows[position]]);
        }

        return numbers;
    }

    // Sums of integers below 2^53 are exact in any order: differences of prefix sums equal the window's own sum to the bit.
    private sealed class PrefixSums
    {
        private readonly double[] _sums;
        private readonly int[] _counts;

        private PrefixSums(double[] sums, int[] counts) => (_sums, _counts) = (sums, counts);

        public static PrefixSums? TryCreate(FeatureAggregation aggregation, double[] numbers)
        {
            if (aggregation is FeatureAggregation.Min or FeatureAggregation.Max)
            {
                return null;
            }

            var sums = new double[numbers.Length + 1];
            var counts = new int[numbers.Length + 1];
            var size = 0.0;
            for (var position = 0; position < numbers.Length; position++)
            {
                var number = numbers[position];
                var missing = double.IsNaN(number);
                size += missing ? 0 : Math.Abs(number);
                if (!missing && (!double.IsInteger(number) || size >= LargestExactInteger))
                {
                    return null;
                }

                sums[position + 1] = sums[position] + (missing ? 0 : number);
                counts[position + 1] = counts[position] + (missing ? 0 : 1);
            }

            return new PrefixSums(sums, counts);
        }

        public FeatureValue Over(FeatureAggregation aggregation, int from, int to) =>
            WindowAccumulator.Finish(aggregation, _sums[to] - _sums[from], _counts[to] - _counts[from]);
    }
}

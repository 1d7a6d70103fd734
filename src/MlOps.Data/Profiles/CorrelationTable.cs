using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Profiles;

/// <summary>The pairs of numeric columns, in the order of the data: those of the first with each later one, and so on.</summary>
internal sealed class CorrelationTable
{
    private const int RunLength = 2048;
    private readonly PairMoments[][] _pairs;

    public CorrelationTable(IReadOnlyList<string> columns)
        : this(columns, [.. columns.Select((_, i) => new PairMoments[columns.Count - 1 - i])])
    {
    }

    public CorrelationTable(IReadOnlyList<string> columns, PairMoments[][] pairs)
    {
        (Columns, _pairs) = (columns, pairs);
    }

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<PairMoments[]> Pairs => _pairs;

    public IEnumerable<ProfileCorrelation> Results() =>
        _pairs.SelectMany(
            (row, i) => row.Select((pair, j) => new ProfileCorrelation(Columns[i], Columns[i + 1 + j], pair.Correlation, pair.Count)));

    public void Add(RecordBatch batch, IReadOnlyList<int> ordinals, string dataset)
    {
        var values = ordinals.Select(ordinal =>
        {
            var numbers = new double[batch.Length];
            new ColumnReader(batch.Column(ordinal), batch.Schema.GetFieldByIndex(ordinal).Name, dataset).ReadNumbers(numbers);
            return numbers;
        }).ToArray();
        Parallel.For(0, values.Length, i =>
        {
            for (var start = 0; start < batch.Length; start += RunLength)
            {
                var length = Math.Min(RunLength, batch.Length - start);
                for (var j = i + 1; j < values.Length; j++)
                {
                    ref var pair = ref _pairs[i][j - i - 1];
                    pair = pair.Merge(PairMoments.Of(values[i].AsSpan(start, length), values[j].AsSpan(start, length)));
                }
            }
        });
    }

    /// <summary>The pairs of both; null when the columns differ.</summary>
    public static CorrelationTable? Merge(CorrelationTable? left, CorrelationTable? right) =>
        left is null || right is null || !left.Columns.SequenceEqual(right.Columns, StringComparer.Ordinal)
            ? null
            : new CorrelationTable(left.Columns, [.. left._pairs.Zip(right._pairs, (a, b) => a.Zip(b, (x, y) => x.Merge(y)).ToArray())]);
}

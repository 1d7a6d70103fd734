using System.Runtime.InteropServices;
using MlOps.Data.Checks.Running;
using MlOps.Data.Columns;
using MlOps.Statistics;

namespace MlOps.Data.Checks.Measures;

/// <summary>How often the values of two columns occur together; rows where either is missing are passed over.</summary>
internal sealed class PairCounts(SegmentColumn first, SegmentColumn second) : Measure
{
    private readonly Dictionary<(int First, int Second), long> _counts = [];

    /// <summary>The pairs counted.</summary>
    public long Count { get; private set; }

    /// <summary>The mutual information in nats; NaN without pairs.</summary>
    public double Information
    {
        get
        {
            var columns = second.Keys.Count;
            var table = new long[first.Keys.Count * columns];
            foreach (var (pair, count) in _counts)
            {
                table[(pair.First * columns) + pair.Second] = count;
            }

            return Count == 0 ? double.NaN : Math.Max(0, MutualInformation.Test(table, columns).Statistic);
        }
    }

    protected override void Add(RowBatch batch, RowBits rows)
    {
        var left = first.Of(batch);
        var right = second.Of(batch);
        foreach (var row in rows)
        {
            if (first.Keys[left[row]] is not null && second.Keys[right[row]] is not null)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_counts, (left[row], right[row]), out _)++;
                Count++;
            }
        }
    }
}

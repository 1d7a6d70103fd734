using MlOps.Data.Columns;
using MlOps.Data.Profiles;

namespace MlOps.Data.Checks.Measures;

/// <summary>What the correlation of two columns needs; rows where either is missing are passed over.</summary>
internal sealed class CoMoments(string left, string right) : Measure
{
    private readonly ChosenNumbers _left = new();
    private readonly ChosenNumbers _right = new();

    public PairMoments Moments { get; private set; }

    protected override void Add(RowBatch batch, RowBits rows) => Moments = Moments.Merge(PairMoments.Of(
        _left.Of(batch.Numbers(batch.Ordinal(left)), rows), _right.Of(batch.Numbers(batch.Ordinal(right)), rows)));
}

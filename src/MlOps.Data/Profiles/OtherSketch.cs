using Apache.Arrow;

namespace MlOps.Data.Profiles;

/// <summary>What has no statistics, such as binary values.</summary>
internal sealed class OtherSketch(string name) : ColumnSketch(name, ColumnKind.Other)
{
    public override void Add(IArrowArray array, string dataset)
    {
        MissingCount += array.NullCount;
        Count += array.Length - array.NullCount;
    }

    protected override void Take(ColumnSketch other)
    {
    }
}

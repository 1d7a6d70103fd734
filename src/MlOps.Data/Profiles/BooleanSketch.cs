using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Profiles;

/// <summary>Booleans.</summary>
internal sealed class BooleanSketch(string name) : ColumnSketch(name, ColumnKind.Boolean)
{
    public long TrueCount { get; set; }

    public override long? Distinct => (TrueCount > 0 ? 1 : 0) + (TrueCount < Count ? 1 : 0);

    public override void Add(IArrowArray array, string dataset)
    {
        Span<double> run = stackalloc double[RunLength];
        var reader = new ColumnReader(array, Name, dataset);
        for (var start = 0; start < array.Length; start += RunLength)
        {
            var values = run[..Math.Min(RunLength, array.Length - start)];
            reader.ReadNumbers(values, start);
            foreach (var value in values)
            {
                var present = !double.IsNaN(value);
                Count += present ? 1 : 0;
                TrueCount += value > 0 ? 1 : 0;
                MissingCount += present ? 0 : 1;
            }
        }
    }

    protected override void Take(ColumnSketch other) => TrueCount += ((BooleanSketch)other).TrueCount;
}

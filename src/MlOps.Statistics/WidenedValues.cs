using System.Numerics.Tensors;

namespace MlOps.Statistics;

/// <summary>Single-precision samples as doubles, which is exact: one computation serves both, accumulated in double.</summary>
internal static class WidenedValues
{
    public static double[] Of(ReadOnlySpan<float> values)
    {
        var widened = new double[values.Length];
        TensorPrimitives.ConvertChecked(values, widened);
        return widened;
    }
}

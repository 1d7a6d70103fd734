using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Registry;

namespace MlOps.MicrosoftML;

/// <summary>Matches ML.NET's column types with tensors.</summary>
internal static class ColumnTypes
{
    public static TensorSpec? TryDescribe(DataViewSchema.Column column)
    {
        var type = column.Type;
        int[] shape = [];
        if (type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType == NumberDataViewType.Single)
        {
            (type, shape) = (vector.ItemType, [vector.Size]);
        }

        TensorElementType? element =
            type == NumberDataViewType.Single ? TensorElementType.Float32
            : type == NumberDataViewType.Double ? TensorElementType.Float64
            : type == NumberDataViewType.Int32 ? TensorElementType.Int32
            : type == NumberDataViewType.Int64 ? TensorElementType.Int64
            : type == BooleanDataViewType.Instance ? TensorElementType.Boolean
            : type == TextDataViewType.Instance ? TensorElementType.String
            : null;
        return element is null ? null : new TensorSpec { Name = column.Name, ElementType = element.Value, Shape = shape };
    }

    public static TensorSpec Describe(DataViewSchema.Column column) => TryDescribe(column) ?? throw new MlOpsException(
        ErrorCodes.SignatureMismatch,
        $"The ML.NET column '{column.Name}' has the type {column.Type}, which cannot be served: "
        + "use Single, Double, Int32, Int64, Boolean, Text, or a vector of Single with a known size.");

    public static bool Same(TensorSpec left, TensorSpec right) =>
        left.ElementType == right.ElementType && left.Shape.SequenceEqual(right.Shape);
}

using System.Diagnostics.CodeAnalysis;
using MlOps.Data;
using MlOps.Registry;

namespace MlOps.Serving;

/// <summary>Finds tensors by name and type; what both directions of a predictor share.</summary>
internal static class Binding
{
    public static int IndexOf(IReadOnlyList<TensorSpec> specs, string name, string direction)
    {
        for (var index = 0; index < specs.Count; index++)
        {
            if (string.Equals(specs[index].Name, name, StringComparison.Ordinal))
            {
                return index;
            }
        }

        var nearest = NearestName.Of(name, specs.Select(spec => spec.Name));
        var hint = nearest is null ? "" : $" Did you mean '{nearest}'?";
        throw new MlOpsException(
            ErrorCodes.SignatureMismatch,
            $"The model has no {direction} '{name}'.{hint} Its {direction}s are: {string.Join(", ", specs)}.");
    }

    public static void CheckType<T>(TensorSpec spec, bool scalar)
    {
        if (TypeOf<T>() != spec.ElementType)
        {
            throw new MlOpsException(
                ErrorCodes.SignatureMismatch,
                $"'{spec.Name}' holds {spec.ElementType} elements, but the predictor uses {typeof(T).Name}: use the type that the model's signature gives.");
        }

        if (scalar && spec.ElementsPerRow != 1)
        {
            throw new MlOpsException(
                ErrorCodes.SignatureMismatch,
                $"'{spec}' has {spec.ElementsPerRow} elements a row, but the predictor uses one: use WriteVector or ReadVector.");
        }
    }

    public static TensorElementType TypeOf<T>() =>
        typeof(T) == typeof(float) ? TensorElementType.Float32
        : typeof(T) == typeof(double) ? TensorElementType.Float64
        : typeof(T) == typeof(int) ? TensorElementType.Int32
        : typeof(T) == typeof(long) ? TensorElementType.Int64
        : typeof(T) == typeof(bool) ? TensorElementType.Boolean
        : typeof(T) == typeof(string) ? TensorElementType.String
        : ThrowType(typeof(T));

    [DoesNotReturn]
    private static TensorElementType ThrowType(Type type) => throw new ArgumentException(
        $"A tensor cannot hold {type.Name}: use float, double, int, long, bool or string.");
}

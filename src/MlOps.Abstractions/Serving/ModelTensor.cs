using System.Diagnostics.CodeAnalysis;
using MlOps.Registry;

namespace MlOps.Serving;

/// <summary>A buffer of a model's input or output: rows after one another, each of <see cref="TensorSpec.ElementsPerRow"/> elements.</summary>
public abstract class ModelTensor
{
    private protected ModelTensor(TensorSpec spec) => Spec = spec;

    /// <summary>Name, type and shape.</summary>
    public TensorSpec Spec { get; }

    /// <summary>The buffer's elements, row by row.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.SignatureMismatch"/>: the elements are of another type.</exception>
    public Span<T> AsSpan<T>() => this is ModelTensor<T> typed ? typed.Span : ThrowType<T>();

    [DoesNotReturn]
    private Span<T> ThrowType<T>() => throw new MlOpsException(
        ErrorCodes.SignatureMismatch,
        $"'{Spec.Name}' holds {Spec.ElementType} elements, not {typeof(T).Name}: use the type that the model's signature gives.");
}

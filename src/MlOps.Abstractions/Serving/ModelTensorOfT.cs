using MlOps.Registry;

namespace MlOps.Serving;

/// <summary>A buffer of elements of a known type.</summary>
/// <typeparam name="T">float, double, int, long, bool or string, as the element type says.</typeparam>
public sealed class ModelTensor<T> : ModelTensor
{
    private readonly Memory<T> _buffer;

    /// <summary>Wraps memory that an engine reads or writes.</summary>
    public ModelTensor(TensorSpec spec, Memory<T> buffer)
        : base(spec) => _buffer = buffer;

    /// <summary>The elements, row by row.</summary>
    public Span<T> Span => _buffer.Span;
}

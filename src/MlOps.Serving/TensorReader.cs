namespace MlOps.Serving;

/// <summary>Makes an answer of one output's elements of a row.</summary>
/// <param name="elements">The row's elements; valid during the call only.</param>
/// <typeparam name="T">float, double, int, long, bool or string, as the signature says.</typeparam>
/// <typeparam name="TOut">The type of the answer.</typeparam>
public delegate TOut TensorReader<T, out TOut>(ReadOnlySpan<T> elements);

namespace MlOps.Serving;

/// <summary>Writes one input's elements of a row.</summary>
/// <param name="input">What is predicted for.</param>
/// <param name="elements">The row's elements; they hold the values of an earlier call.</param>
/// <typeparam name="TIn">The type of the input.</typeparam>
/// <typeparam name="T">float, double, int, long, bool or string, as the signature says.</typeparam>
public delegate void TensorWriter<in TIn, T>(TIn input, Span<T> elements);

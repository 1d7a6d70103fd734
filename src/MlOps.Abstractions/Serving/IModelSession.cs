namespace MlOps.Serving;

/// <summary>One lane of a model: buffers are written, the model runs, buffers are read; nothing is allocated on the way.</summary>
/// <remarks>For one caller at a time.</remarks>
public interface IModelSession : IDisposable
{
    /// <summary>The most rows that one run can hold.</summary>
    int MaxBatchSize { get; }

    /// <summary>The input buffers, in the signature's order.</summary>
    IReadOnlyList<ModelTensor> Inputs { get; }

    /// <summary>The output buffers, in the signature's order; they hold the answers of the last run.</summary>
    IReadOnlyList<ModelTensor> Outputs { get; }

    /// <summary>Runs the model over the first rows of the input buffers.</summary>
    /// <param name="rows">From 1 to <see cref="MaxBatchSize"/>.</param>
    void Run(int rows);
}

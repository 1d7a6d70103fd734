namespace MlOps.Registry;

/// <summary>What a model takes and gives: the contract between training and serving.</summary>
public sealed record ModelSignature
{
    /// <summary>The inputs, in the model's order.</summary>
    public required IReadOnlyList<TensorSpec> Inputs { get; init; }

    /// <summary>The outputs, in the model's order.</summary>
    public required IReadOnlyList<TensorSpec> Outputs { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"({string.Join(", ", Inputs)}) → ({string.Join(", ", Outputs)})";
}
